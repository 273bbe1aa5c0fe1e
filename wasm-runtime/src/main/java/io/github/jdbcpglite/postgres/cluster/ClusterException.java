package io.github.jdbcpglite.postgres.cluster;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A cluster could not be opened or could not take a connection. */
public final class ClusterException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What kind of failure it is, for callers that answer each in a different way. */
    public enum Kind {
        /** The cluster has been closed, or is closing. */
        CLOSED,
        /** The heap, or what the cluster may take of it, has no room for another session. */
        OUT_OF_MEMORY,
        /** PostgreSQL did not start, or stopped while starting. */
        START_FAILED,
        /** An option has a value that cannot work. */
        INVALID,
        /** What was to fill a new cluster failed; the cause says how. */
        SETUP_FAILED,
        /** A file that was to be written exists. */
        EXISTS,
        /** Another process, or another part of this one, has the directory open. */
        IN_USE,
        /** The directory holds no cluster, and none was to be made. */
        ABSENT,
        /** What was asked for is not in this version. */
        UNSUPPORTED,
        /** Files or another resource outside PostgreSQL failed. */
        RESOURCE
    }

    private final Kind kind;

    /** PostgreSQL's own last log lines; an exception is serializable, so a plain array. */
    private final String[] logLines;

    /** Makes an exception without log lines. */
    public ClusterException(Kind kind, String message) {
        this(kind, message, List.of(), null);
    }

    /**
     * Makes an exception.
     *
     * @param message what was wrong and what to do
     * @param logLines PostgreSQL's last log lines, oldest first, possibly empty
     */
    public ClusterException(
            Kind kind, String message, List<String> logLines, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.logLines = logLines.toArray(new String[0]);
    }

    /** Returns what kind of failure it is. */
    public Kind kind() {
        return kind;
    }

    /** Returns PostgreSQL's last log lines, oldest first. */
    public List<String> logLines() {
        return List.of(logLines);
    }
}
