package io.github.jdbcpglite.host;

import com.dylibso.chicory.wasm.types.FunctionType;
import io.github.jdbcpglite.engine.bytecode.FunctionOwner;

/**
 * Owns one entry of a function table, whatever its index is said to be.
 *
 * @param type the function's type
 * @param function what runs
 */
record HostFunctionOwner(FunctionType type, HostFunction function) implements FunctionOwner {
    @Override
    public long[] call(int index, long[] args) {
        return new long[] {function.call(args)};
    }

    @Override
    public FunctionType functionType(int index) {
        return type;
    }
}
