package io.github.jdbcpglite.engine.bytecode;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.UninstantiableException;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import com.dylibso.chicory.wasm.types.ValType;
import com.dylibso.chicory.wasm.types.Value;
import org.jspecify.annotations.Nullable;

/** A {@link FunctionTable} as Chicory sees it: for linking modules to it. */
final class TableView extends TableInstance {
    private final FunctionTable functions;

    TableView(FunctionTable functions, ValType elementType) {
        super(new Table(elementType, new TableLimits(0, 0)), Value.REF_NULL_VALUE);
        this.functions = functions;
    }

    FunctionTable functions() {
        return functions;
    }

    @Override
    public int size() {
        return functions.size();
    }

    @Override
    public TableLimits limits() {
        return new TableLimits(functions.size(), functions.max());
    }

    @Override
    public int grow(int size, int value, @Nullable Instance instance) {
        return functions.grow(size, value, owner(instance));
    }

    @Override
    public int ref(int index) {
        if (index < 0 || index >= functions.size()) {
            throw new ChicoryException("undefined element");
        }
        return functions.function(index);
    }

    @Override
    public void setRef(int index, int value, @Nullable Instance instance) {
        if (index < 0 || index >= functions.size()) {
            throw new UninstantiableException("out of bounds table access");
        }
        functions.set(index, value, owner(instance));
    }

    private static @Nullable FunctionOwner owner(@Nullable Instance instance) {
        return instance == null ? null : FunctionOwner.of(instance);
    }

    @Override
    @SuppressWarnings("NullAway") // Chicory takes null for the instance that created the table.
    public @Nullable Instance instance(int index) {
        FunctionOwner owner = functions.owner(index);
        if (owner == null) {
            return null;
        }
        if (owner instanceof GeneratedMachine machine) {
            return machine.instance();
        }
        if (owner instanceof FunctionOwner.InstanceFunctions foreign) {
            return foreign.instance();
        }
        throw new IllegalStateException("entry " + index + " is a function of the host");
    }

    @Override
    public void reset() {
        functions.reset();
    }
}
