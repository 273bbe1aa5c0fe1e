package io.github.jdbcpglite.engine;

import org.jspecify.annotations.Nullable;

/** The trap of a guest that used up the stack of its thread. */
public final class StackExhausted extends Trap {
    private static final long serialVersionUID = 1L;

    /** Makes the trap. */
    public StackExhausted(@Nullable Throwable cause) {
        super("call stack exhausted", cause);
    }
}
