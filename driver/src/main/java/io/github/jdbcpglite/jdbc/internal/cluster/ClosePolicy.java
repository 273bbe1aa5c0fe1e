package io.github.jdbcpglite.jdbc.internal.cluster;

/**
 * When a cluster closes.
 *
 * @param delaySeconds how long after its last connection has, or a negative number for never
 * @param exitWaitSeconds how long the end of the JVM waits for its users at most before it closes
 *     it, or a negative number if it is left to them to close it
 */
public record ClosePolicy(int delaySeconds, int exitWaitSeconds) {
    /** How long the end of the JVM waits for users unless it is told. */
    public static final int DEFAULT_EXIT_WAIT_SECONDS = 60;

    /** Instead of a number of seconds: the end of the JVM closes nothing. */
    public static final int LEFT_TO_USERS_AT_EXIT = -1;

    /** With the JVM, or when the driver is deregistered. */
    public static final ClosePolicy WITH_JVM = new ClosePolicy(-1);

    /** Together with the last connection. */
    public static final ClosePolicy WITH_LAST = new ClosePolicy(0);

    /** Makes a policy with the default for the end of the JVM. */
    public ClosePolicy(int delaySeconds) {
        this(delaySeconds, DEFAULT_EXIT_WAIT_SECONDS);
    }

    /** Returns whether the end of the JVM closes the cluster if nobody has before. */
    boolean closesAtExit() {
        return exitWaitSeconds >= 0;
    }
}
