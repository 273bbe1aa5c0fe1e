package io.github.jdbcpglite.engine.bytecode;

import com.dylibso.chicory.runtime.TrapException;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.ChicoryException;

/** Makes the exceptions that end a guest which broke a rule of WebAssembly. */
public final class Traps {
    private Traps() {}

    /** The guest came to an unreachable instruction. */
    public static RuntimeException unreachable() {
        return new TrapException("Trapped on unreachable instruction");
    }

    /** The host called a function that is neither exported nor in the table. */
    public static RuntimeException noFunction(int index) {
        return new ChicoryException(
                "function " + index + " is not exported and not in the function table");
    }

    static WasmRuntimeException divideByZero() {
        return new WasmRuntimeException("integer divide by zero");
    }

    static WasmRuntimeException integerOverflow() {
        return new WasmRuntimeException("integer overflow");
    }

    static WasmRuntimeException invalidConversion() {
        return new WasmRuntimeException("invalid conversion to integer");
    }

    static WasmRuntimeException undefinedElement(int index) {
        return new WasmRuntimeException("undefined element " + Integer.toUnsignedString(index));
    }

    static ChicoryException uninitializedElement(int index) {
        return new ChicoryException("uninitialized element " + Integer.toUnsignedString(index));
    }

    static WasmRuntimeException tableBounds() {
        return new WasmRuntimeException("out of bounds table access");
    }

    static WasmRuntimeException memoryBounds() {
        return new WasmRuntimeException("out of bounds memory access");
    }
}
