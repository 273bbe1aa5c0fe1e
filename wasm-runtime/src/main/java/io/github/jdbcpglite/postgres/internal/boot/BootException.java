package io.github.jdbcpglite.postgres.internal.boot;

import org.jspecify.annotations.Nullable;

/** PostgreSQL did not start. */
public final class BootException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says that PostgreSQL did not start, and why if that is known. */
    public BootException(@Nullable Throwable cause) {
        super(
                cause == null
                        ? "PostgreSQL did not start"
                        : "PostgreSQL did not start: " + cause.getMessage(),
                cause);
    }
}
