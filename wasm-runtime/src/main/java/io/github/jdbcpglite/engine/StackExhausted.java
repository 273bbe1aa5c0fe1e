package io.github.jdbcpglite.engine;

/** The trap of a guest that used up the stack of its thread. */
public final class StackExhausted extends Trap {
    private static final long serialVersionUID = 1L;

    /** Makes the trap. */
    public StackExhausted(Throwable cause) {
        super("call stack exhausted", cause);
    }
}
