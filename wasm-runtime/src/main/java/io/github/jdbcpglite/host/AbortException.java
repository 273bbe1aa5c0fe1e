package io.github.jdbcpglite.host;

/**
 * Ends a guest process that called {@code abort}, failed an assertion or called what is missing.
 */
public final class AbortException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the abort.
     *
     * @param message what the guest reported
     */
    public AbortException(String message) {
        super(message);
    }
}
