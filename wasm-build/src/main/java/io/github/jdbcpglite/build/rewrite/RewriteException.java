package io.github.jdbcpglite.build.rewrite;

/** The given module is not the one a rewrite was made for; the message names what differs. */
public final class RewriteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message the function and what did not match
     */
    public RewriteException(String message) {
        super(message);
    }
}
