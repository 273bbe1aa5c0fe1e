package io.github.jdbcpglite.postgres.internal.distribution;

/** The image of PGlite is missing, damaged or of another version; the message says which. */
public final class DistributionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates a failure whose message says what is wrong. */
    public DistributionException(String message) {
        super(message);
    }

    /** Creates a failure whose message says what is wrong. */
    public DistributionException(String message, Throwable cause) {
        super(message, cause);
    }
}
