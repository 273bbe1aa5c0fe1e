package io.github.jdbcpglite.engine;

import org.jspecify.annotations.Nullable;

/**
 * Ends a guest that broke a rule of WebAssembly. What it has stored stays; its stack pointer is as
 * it was at that moment.
 */
public class Trap extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes a trap that says which rule was broken, in the words of the specification. */
    public Trap(String message) {
        super(message);
    }

    /** Makes a trap with what the JVM said. */
    public Trap(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
