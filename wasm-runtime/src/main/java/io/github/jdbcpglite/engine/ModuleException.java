package io.github.jdbcpglite.engine;

import org.jspecify.annotations.Nullable;

/** A stored module is damaged, or is none; the message says how. */
public final class ModuleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes an exception. */
    public ModuleException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
