package io.github.jdbcpglite.build.stage;

/** The build cannot go on; the message says what was wrong and what to do about it. */
public final class PipelineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was wrong and what to do
     */
    public PipelineException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message what was wrong and what to do
     * @param cause what made it known
     */
    public PipelineException(String message, Throwable cause) {
        super(message, cause);
    }
}
