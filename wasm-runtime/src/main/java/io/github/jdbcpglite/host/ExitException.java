package io.github.jdbcpglite.host;

/** Ends a guest process that called {@code exit}. */
public final class ExitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * Creates the exit.
     *
     * @param status the guest's exit status
     */
    public ExitException(int status) {
        super("exit status " + status, null, false, false);
        this.status = status;
    }

    /** Returns the guest's exit status. */
    public int status() {
        return status;
    }
}
