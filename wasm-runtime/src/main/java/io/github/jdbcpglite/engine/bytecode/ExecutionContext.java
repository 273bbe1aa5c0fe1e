package io.github.jdbcpglite.engine.bytecode;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import io.github.jdbcpglite.engine.bytecode.memory.MemoryView;
import org.jspecify.annotations.Nullable;

/**
 * The state that a module's generated functions work on: the page tables, the stack pointer, the
 * function table and, in the generated subclass, the other globals.
 *
 * <p>There is one for each module of a guest process. A side module's {@link #stackOwner} is the
 * main module's context, so that all modules move one stack pointer.
 */
public abstract class ExecutionContext extends MemoryView {
    /** The guest's {@code __stack_pointer}; of use only in the context that is the stack owner. */
    public int stackPointer;

    /** The context whose {@link #stackPointer} this module uses. */
    public ExecutionContext stackOwner = this;

    /**
     * For each entry of the function table, {@code type << 16 | ordinal} if it is a function of
     * this module that {@code call_indirect} reaches directly, else -1. The table keeps it current.
     */
    public int[] tableCodes = {};

    final GeneratedMachine machine;
    final ModuleLayout layout;
    final @Nullable FunctionTable table;
    private final WasmFunctionHandle[] imports;

    /** Creates the context of a machine whose memory, tables and imports exist. */
    protected ExecutionContext(GeneratedMachine machine, ModuleLayout layout) {
        super(machine.memory());
        this.machine = machine;
        this.layout = layout;
        this.imports = machine.importedFunctions();
        this.table = machine.tableCount() == 0 ? null : machine.table(0);
        if (table != null) {
            table.attach(this);
        }
    }

    /** Returns the raw value of a global that this context keeps in a field. */
    public abstract long global(int index);

    /** Sets the raw value of a global that this context keeps in a field. */
    public abstract void global(int index, long value);

    /** Returns the machine. */
    public final GeneratedMachine machine() {
        return machine;
    }

    /** Calls an imported function by its index. */
    public static long @Nullable [] callImport(long[] args, int index, ExecutionContext context) {
        return context.machine.callImport(context.imports[index], args);
    }

    /** Returns the raw value of an imported mutable global. */
    public static long importedGlobal(int index, ExecutionContext context) {
        return context.machine.instance().global(index).getValueLow();
    }

    /** Sets an imported mutable global. */
    public static void importedGlobal(long value, int index, ExecutionContext context) {
        context.machine.instance().global(index).setValueLow(value);
    }

    /** Sets the globals as instantiation would; their module imports none. */
    final void restoreGlobals(InitialInstance template) {
        set(layout.captured(), template.globals());
        set(layout.mutable(), template.globals());
    }

    private void set(int[] indexes, long[] values) {
        for (int i = 0; i < indexes.length; i++) {
            global(indexes[i], values[indexes[i]]);
        }
    }

    /** Moves the globals of an instance to this context. */
    final void bindGlobals(Instance instance) {
        for (int index : layout.captured()) {
            global(index, instance.global(index).getValueLow());
        }
        for (int index : layout.mutable()) {
            GlobalInstance global = instance.global(index);
            if (!(global instanceof ContextGlobal bound)) {
                throw new IllegalStateException(
                        "generated code needs ContextGlobals: build the instance with"
                                + " GeneratedModules");
            }
            global(index, bound.getValueLow());
            bound.bind(this, index);
        }
        int imported = layout.importedStackPointer();
        if (imported >= 0) {
            if (!(instance.global(imported) instanceof ContextGlobal shared)) {
                throw new IllegalStateException(
                        "the imported stack pointer must belong to a generated module");
            }
            stackOwner = shared.owner();
        }
    }
}
