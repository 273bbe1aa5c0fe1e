package io.github.jdbcpglite.engine.bytecode;

import com.dylibso.chicory.wasm.types.FunctionType;
import io.github.jdbcpglite.engine.Guest;
import io.github.jdbcpglite.engine.HostFunction;

/**
 * Owns one entry of a function table, whatever its index is said to be.
 *
 * @param guest who calls
 * @param type the function's type
 * @param function what runs
 */
record HostFunctionOwner(Guest guest, FunctionType type, HostFunction function)
        implements FunctionOwner {
    @Override
    public long[] call(int index, long[] args) {
        return new long[] {function.call(guest, args)};
    }

    @Override
    public FunctionType functionType(int index) {
        return type;
    }
}
