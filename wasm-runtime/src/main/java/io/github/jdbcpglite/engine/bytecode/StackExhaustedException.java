package io.github.jdbcpglite.engine.bytecode;

import com.dylibso.chicory.runtime.WasmRuntimeException;

/**
 * The trap of a guest that used up the Java stack of its thread.
 *
 * <p>The guest's state is as it was at the moment of the trap: its stack pointer is not restored.
 */
public final class StackExhaustedException extends WasmRuntimeException {
    private static final long serialVersionUID = 1L;

    StackExhaustedException(StackOverflowError cause) {
        super("call stack exhausted", cause);
    }
}
