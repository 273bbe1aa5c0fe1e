package io.github.jdbcpglite.conformance.isolation;

/** Says that a step neither ended nor waits for a lock of another session. */
public final class StuckException extends Exception {
    private static final long serialVersionUID = 1L;

    StuckException(String side, String step) {
        super(side + ": the step " + step + " neither ends nor waits for another session");
    }

    StuckException(String side, String step, Throwable cause) {
        super(side + ": the step " + step + " broke off: " + cause, cause);
    }
}
