package io.github.jdbcpglite.engine.bytecode;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.FunctionType;
import org.jspecify.annotations.Nullable;

/**
 * Runs the functions that entries of a {@link FunctionTable} name: a module's machine, or the host.
 *
 * <p>Owners of the same functions are equal.
 */
public interface FunctionOwner {
    /**
     * Calls a function by its index, imported functions first.
     *
     * @return the raw results; {@code null} or empty if there are none
     */
    long @Nullable [] call(int function, long[] args);

    /** Returns the type of a function by its index, imported functions first. */
    FunctionType functionType(int function);

    /** Returns who runs the functions of a Chicory instance. */
    static FunctionOwner of(Instance instance) {
        return instance.getMachine() instanceof GeneratedMachine machine
                ? machine
                : new InstanceFunctions(instance);
    }

    /**
     * The functions of an instance whose machine is Chicory's.
     *
     * @param instance the instance
     */
    record InstanceFunctions(Instance instance) implements FunctionOwner {
        @Override
        public long @Nullable [] call(int function, long[] args) {
            return instance.getMachine().call(function, args);
        }

        @Override
        public FunctionType functionType(int function) {
            return instance.type(instance.functionType(function));
        }
    }
}
