package io.github.jdbcpglite.engine.bytecode;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.ValType;
import com.dylibso.chicory.wasm.types.Value;
import org.jspecify.annotations.Nullable;

/**
 * A global of a generated module as Chicory and the host see it; its value lives in a field of the
 * module's context once the module runs.
 */
public final class ContextGlobal extends GlobalInstance {
    private @Nullable ExecutionContext context;
    private int index;

    ContextGlobal(long low, long high, ValType type, MutabilityType mutability) {
        super(low, high, type, mutability);
    }

    /** Returns the view of a mutable i32 global that a context holds. */
    public static ContextGlobal of(ExecutionContext owner, int globalIndex) {
        ContextGlobal global = new ContextGlobal(0, 0, ValType.I32, MutabilityType.Var);
        global.bind(owner, globalIndex);
        return global;
    }

    /** Moves the value into a context. */
    void bind(ExecutionContext owner, int globalIndex) {
        context = owner;
        index = globalIndex;
    }

    /** Returns the context that holds the value, making the owning module run if need be. */
    ExecutionContext owner() {
        if (context == null
                && getInstance() != null
                && getInstance().getMachine() instanceof GeneratedMachine machine) {
            machine.context();
        }
        if (context == null) {
            throw new IllegalStateException("the module that owns this global does not run yet");
        }
        return context;
    }

    @Override
    public long getValueLow() {
        return context == null ? super.getValueLow() : context.global(index);
    }

    @Override
    public long getValue() {
        return getValueLow();
    }

    @Override
    public void setValueLow(long value) {
        if (context == null) {
            super.setValueLow(value);
        } else {
            context.global(index, value);
        }
    }

    @Override
    public void setValue(long value) {
        setValueLow(value);
    }

    @Override
    public void setValue(Value value) {
        setValueLow(value.raw());
    }
}
