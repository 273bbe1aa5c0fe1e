package io.github.jdbcpglite.jdbc.internal.database;

/**
 * When a cluster closes after its last connection has.
 *
 * @param delaySeconds how long after it, or a negative number for never
 */
public record ClosePolicy(int delaySeconds) {
    /** With the JVM, or when the driver is deregistered. */
    public static final ClosePolicy WITH_JVM = new ClosePolicy(-1);

    /** Together with the last connection. */
    public static final ClosePolicy WITH_LAST = new ClosePolicy(0);
}
