package io.github.jdbcpglite.wasm.sched;

import org.jspecify.annotations.Nullable;

/** PostgreSQL did not start. */
public final class BootException extends Exception {
    private static final long serialVersionUID = 1L;

    BootException(@Nullable Throwable cause) {
        super(
                cause == null
                        ? "PostgreSQL did not start"
                        : "PostgreSQL did not start: " + cause.getMessage(),
                cause);
    }
}
