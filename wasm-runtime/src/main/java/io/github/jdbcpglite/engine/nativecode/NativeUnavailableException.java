package io.github.jdbcpglite.engine.nativecode;

import org.jspecify.annotations.Nullable;

/** Says why modules cannot run as native code here. */
public final class NativeUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what is missing or was refused, and what to do
     */
    public NativeUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
