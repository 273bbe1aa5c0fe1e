package io.github.jdbcpglite.jdbc.internal.error;

import io.github.jdbcpglite.postgres.cluster.ClusterException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the driver's exceptions. Stateless. */
public final class SqlErrors {
    /** SQLState of a connection that cannot be made. */
    public static final String CANNOT_CONNECT = "08001";

    /** SQLState of a parameter with a value that is not allowed. */
    public static final String INVALID_VALUE = "22023";

    /** SQLState PostgreSQL uses when it has as many connections as it allows. */
    public static final String TOO_MANY_CONNECTIONS = "53300";

    /** SQLState PostgreSQL uses when it gets no memory. */
    public static final String OUT_OF_MEMORY = "53200";

    /** SQLState of a database that somebody else has open. */
    public static final String OBJECT_IN_USE = "55006";

    /** SQLState PostgreSQL uses for a data directory that does not exist. */
    public static final String UNDEFINED_FILE = "58P01";

    /** SQLState of a file that is there and should not be. */
    private static final String DUPLICATE_FILE = "58P02";

    private static final String UNSUPPORTED = "0A000";

    /** SQLState of files that could not be read or written. */
    private static final String IO_ERROR = "58030";

    private SqlErrors() {}

    /** Returns an error for what cannot be connected, however often it is tried. */
    public static SQLException cannotConnect(String message) {
        return cannotConnect(message, null);
    }

    /** Returns an error for what cannot be connected, however often it is tried. */
    public static SQLException cannotConnect(String message, @Nullable Throwable cause) {
        return new SQLNonTransientConnectionException(message, CANNOT_CONNECT, cause);
    }

    /**
     * Returns an error for a parameter with a wrong value.
     *
     * @param accepted what would be accepted, to follow "accepted is"
     */
    public static SQLException invalidValue(String key, String value, String accepted) {
        return new SQLDataException(
                "Invalid value \"" + value + "\" for " + key + ": accepted is " + accepted,
                INVALID_VALUE);
    }

    /** Returns an error for a wait that ended with its time. */
    public static SQLException timeout(String message, @Nullable Throwable cause) {
        return new SQLTimeoutException(message, CANNOT_CONNECT, cause);
    }

    /** Returns an error for what the JVM has no memory or no thread for now. */
    public static SQLException outOfMemory(String message, @Nullable Throwable cause) {
        return new SQLTransientConnectionException(message, OUT_OF_MEMORY, cause);
    }

    /** Returns what a failure of a cluster is in JDBC's terms, with PostgreSQL's log lines. */
    public static SQLException ofCluster(String name, ClusterException e) {
        String message = withLog("Cannot connect to " + name + ": " + e.getMessage(), e.logLines());
        return switch (e.kind()) {
            case OUT_OF_MEMORY -> outOfMemory(message, e);
            case IN_USE -> new SQLNonTransientConnectionException(message, OBJECT_IN_USE, e);
            case ABSENT -> new SQLNonTransientConnectionException(message, UNDEFINED_FILE, e);
            case INVALID -> new SQLDataException(message, INVALID_VALUE, e);
            case SETUP_FAILED ->
                    new SQLException(
                            message,
                            e.getCause() instanceof SQLException cause
                                    ? cause.getSQLState()
                                    : CANNOT_CONNECT,
                            e);
            case CLOSED, EXISTS, RESOURCE, START_FAILED, UNSUPPORTED ->
                    new SQLNonTransientConnectionException(message, CANNOT_CONNECT, e);
        };
    }

    /** Returns an error for a copy of a cluster that could not be made. */
    public static SQLException backupFailed(ClusterException e) {
        return switch (e.kind()) {
            case UNSUPPORTED -> new SQLFeatureNotSupportedException(e.getMessage(), UNSUPPORTED, e);
            case EXISTS -> new SQLException(e.getMessage(), DUPLICATE_FILE, e);
            case INVALID -> new SQLDataException(e.getMessage(), INVALID_VALUE, e);
            default -> new SQLException(e.getMessage(), IO_ERROR, e);
        };
    }

    /** Returns a message followed by log lines, if there are any. */
    public static String withLog(String message, List<String> logLines) {
        return logLines.isEmpty()
                ? message
                : message + "\nPostgreSQL's log:\n  " + String.join("\n  ", logLines);
    }
}
