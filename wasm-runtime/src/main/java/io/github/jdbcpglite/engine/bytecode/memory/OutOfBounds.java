package io.github.jdbcpglite.engine.bytecode.memory;

import com.dylibso.chicory.runtime.WasmRuntimeException;

/** The trap of an access outside of linear memory. */
final class OutOfBounds {
    private OutOfBounds() {}

    static WasmRuntimeException trap(long addr, int size) {
        return new WasmRuntimeException(
                "out of bounds memory access: "
                        + Integer.toUnsignedString(size)
                        + " bytes at address "
                        + addr);
    }
}
