package io.github.jdbcpglite.wasm.engine;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.types.FunctionType;
import org.jspecify.annotations.Nullable;

/**
 * Runs the generated functions of one instance; each generated module has a subclass.
 *
 * <p>Chicory makes the machine before the instance's globals and tables, so the context is made at
 * the first call.
 */
public abstract class GeneratedMachine implements Machine {
    private final Instance instance;
    private @Nullable ExecutionContext context;
    private @Nullable InstanceTemplate template;
    private WasmFunctionHandle @Nullable [] handles;

    /** Creates the machine of an instance that is being built. */
    protected GeneratedMachine(Instance instance) {
        this.instance = instance;
    }

    /** Creates the generated context. */
    protected abstract ExecutionContext newContext(Instance owner);

    /** Calls a function by its index. */
    protected abstract long @Nullable [] invoke(int function, long[] args, ExecutionContext state);

    /** Takes what the instance itself does not know when it was made from a template. */
    void restore(InstanceTemplate origin, WasmFunctionHandle[] importedFunctions) {
        template = origin;
        handles = importedFunctions;
    }

    /** Returns what runs the imported functions, in the order of their indexes. */
    final WasmFunctionHandle[] importedFunctions() {
        WasmFunctionHandle[] given = handles;
        if (given != null) {
            return given;
        }
        WasmFunctionHandle[] own = new WasmFunctionHandle[instance.imports().functionCount()];
        for (int i = 0; i < own.length; i++) {
            own[i] = instance.imports().function(i).handle();
        }
        return own;
    }

    /** Returns the type of a function by its index, imported functions first. */
    final FunctionType functionType(int function) {
        InstanceTemplate origin = template;
        return origin != null
                ? origin.functionType(function)
                : instance.type(instance.functionType(function));
    }

    /** Returns the context, which exists from the first call on. */
    public final ExecutionContext context() {
        ExecutionContext current = context;
        if (current == null) {
            current = newContext(instance);
            InstanceTemplate origin = template;
            if (origin == null) {
                current.bindGlobals();
            } else {
                current.restoreGlobals(origin);
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
            throw new StackExhaustedException(e);
        }
    }
}
