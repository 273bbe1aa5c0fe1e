package io.github.jdbcpglite.engine.bytecode;

import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.types.FunctionType;
import io.github.jdbcpglite.engine.StackExhausted;
import io.github.jdbcpglite.engine.bytecode.memory.ChicoryMemory;
import io.github.jdbcpglite.engine.bytecode.memory.PagedLinearMemory;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs the generated functions of one instance; each generated module has a subclass.
 *
 * <p>A machine is either {@link #bind bound} to a Chicory instance or {@link #restore restored}
 * from a template, which has all of an instance that its module uses.
 *
 * <p>Chicory makes the machine before the instance's globals and tables, so the context is made at
 * the first call.
 */
public abstract class GeneratedMachine implements Machine, FunctionOwner {
    private @Nullable Instance instance;
    private @Nullable ExecutionContext context;
    private @Nullable Restored restored;

    /** Creates a machine that is bound or restored next. */
    protected GeneratedMachine() {}

    /** What a machine made from a template runs on. */
    private record Restored(
            InitialInstance template,
            PagedLinearMemory memory,
            FunctionTable table,
            WasmFunctionHandle[] imports) {}

    /** Creates the generated context. */
    protected abstract ExecutionContext newContext();

    /** Calls a function by its index. */
    protected abstract long @Nullable [] invoke(int function, long[] args, ExecutionContext state);

    /**
     * Runs the functions of an instance that is being built.
     *
     * @return this machine
     */
    final GeneratedMachine bind(Instance owner) {
        instance = owner;
        return this;
    }

    /** Runs the functions of a module whose instantiation was captured. */
    final void restore(
            InitialInstance template, PagedLinearMemory memory, WasmFunctionHandle[] imports) {
        restored = new Restored(template, memory, template.newTable(), imports);
    }

    /** Returns the Chicory instance, which one that was restored does not have. */
    final Instance instance() {
        return Objects.requireNonNull(instance, "not bound to a Chicory instance");
    }

    /** Returns the linear memory; one without pages if the module has none. */
    final PagedLinearMemory memory() {
        Restored state = restored;
        if (state != null) {
            return state.memory;
        }
        Memory memory = instance().memory();
        if (memory == null) {
            return new PagedLinearMemory(0, 0);
        }
        if (memory instanceof ChicoryMemory shown) {
            return shown.paged();
        }
        throw new IllegalStateException("generated code needs a ChicoryMemory");
    }

    /** Returns the number of tables. */
    final int tableCount() {
        return restored != null ? 1 : instance().tableCount();
    }

    /** Returns a table by its index. */
    public final FunctionTable table(int index) {
        Restored state = restored;
        return state != null ? state.table : FunctionTable.of(instance().table(index));
    }

    /** Returns what runs the imported functions, in the order of their indexes. */
    final WasmFunctionHandle[] importedFunctions() {
        Restored state = restored;
        if (state != null) {
            return state.imports;
        }
        ImportValues imports = instance().imports();
        WasmFunctionHandle[] own = new WasmFunctionHandle[imports.functionCount()];
        for (int i = 0; i < own.length; i++) {
            own[i] = imports.function(i).handle();
        }
        return own;
    }

    /** Calls an imported function. One that was given to a template gets no instance. */
    final long @Nullable [] callImport(WasmFunctionHandle function, long[] args) {
        return function.apply(instance, args);
    }

    /** Returns a type of the module. */
    final FunctionType type(int index) {
        Restored state = restored;
        return state != null ? state.template.type(index) : instance().type(index);
    }

    @Override
    public final FunctionType functionType(int function) {
        Restored state = restored;
        return state != null
                ? state.template.functionType(function)
                : instance().type(instance().functionType(function));
    }

    /** Returns the context, which exists from the first call on. */
    public final ExecutionContext context() {
        ExecutionContext current = context;
        if (current == null) {
            current = newContext();
            Restored state = restored;
            if (state == null) {
                current.bindGlobals(instance());
            } else {
                current.restoreGlobals(state.template);
            }
            context = current;
        }
        return current;
    }

    /**
     * Returns the raw values of the mutable globals that the module defines, in index order: with
     * the memory and the table, its whole state.
     */
    public final long[] mutableGlobals() {
        ExecutionContext current = context();
        int[] indexes = current.layout.mutable();
        long[] values = new long[indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            values[i] = current.global(indexes[i]);
        }
        return values;
    }

    /** Sets the mutable globals that the module defines, as {@link #mutableGlobals()} gave them. */
    public final void mutableGlobals(long[] values) {
        ExecutionContext current = context();
        int[] indexes = current.layout.mutable();
        if (values.length != indexes.length) {
            throw new IllegalArgumentException(
                    "the module has " + indexes.length + " mutable globals, not " + values.length);
        }
        for (int i = 0; i < indexes.length; i++) {
            current.global(indexes[i], values[i]);
        }
    }

    @Override
    public final long @Nullable [] call(int function, long[] args) {
        try {
            return invoke(function, args, context());
        } catch (StackOverflowError e) {
            throw new StackExhausted(e);
        }
    }
}
