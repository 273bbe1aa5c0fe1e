package io.github.jdbcpglite.postgres.internal.opening;

import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.postgres.cluster.ClusterException;
import io.github.jdbcpglite.postgres.cluster.ClusterOption;
import io.github.jdbcpglite.postgres.cluster.ClusterOptions;
import io.github.jdbcpglite.postgres.internal.datadir.DirectoryException;
import io.github.jdbcpglite.postgres.internal.postmaster.RefusedException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a cluster says no: each reason with its kind and its words. The log is added where PostgreSQL
 * may have written why.
 *
 * @param options of the cluster
 * @param log of the cluster
 */
record Refusals(ClusterOptions options, ServerLog log) {
    /** Returns what is said of a cluster that was closed. */
    ClusterException closed() {
        return new ClusterException(
                ClusterException.Kind.CLOSED, "the cluster " + options.name() + " is closed");
    }

    /** Returns what is said of a connection that the running cluster does not take. */
    ClusterException ofConnection(RefusedException e) {
        return switch (e.reason()) {
            case CLOSED, CRASHED -> failed(ClusterException.Kind.CLOSED, e.getMessage(), e);
            case NO_ROOM ->
                    new ClusterException(
                            ClusterException.Kind.OUT_OF_MEMORY,
                            "there is no memory for another session: " + whatToRaise());
            case OUT_OF_MEMORY ->
                    new ClusterException(
                            ClusterException.Kind.OUT_OF_MEMORY,
                            "there is no memory or no thread for another session: "
                                    + e.getMessage(),
                            List.of(),
                            e.getCause());
        };
    }

    /** Returns what gives the cluster more memory. */
    String whatToRaise() {
        return options.has(ClusterOption.MEMORY_LIMIT_BYTES)
                ? "the cluster has reached its pglite.memory, or the heap of the JVM is full; raise"
                        + " them (-Xmx), or close sessions"
                : "the heap of the JVM is full; raise it (-Xmx), or close sessions";
    }

    /** Returns what is said of a cluster whose PostgreSQL did not start. */
    ClusterException notStarted(@Nullable String why, Exception cause) {
        return failed(
                ClusterException.Kind.START_FAILED,
                "the cluster " + options.name() + " did not start: " + why,
                cause);
    }

    /** Returns what is said of a new cluster without files. */
    ClusterException filesNotMade(ErrnoException e) {
        return failed(
                ClusterException.Kind.START_FAILED,
                "the files of the cluster " + options.name() + " could not be made: " + e,
                e);
    }

    /** Returns what is said of files that cannot be looked at before the start. */
    ClusterException filesNotRead(ErrnoException e) {
        return failed(
                ClusterException.Kind.RESOURCE,
                "the files of the cluster " + options.name() + " cannot be read: " + e,
                e);
    }

    /** Returns what is said of a template that could not be made. */
    ClusterException notCopied(ErrnoException e) {
        return failed(
                ClusterException.Kind.RESOURCE,
                "the cluster " + options.name() + " could not be copied: " + e,
                e);
    }

    /** Returns what is said of a cluster whose memory and files cannot be shared. */
    ClusterException noTemplate() {
        return new ClusterException(
                ClusterException.Kind.UNSUPPORTED,
                "the cluster "
                        + options.name()
                        + " is in a directory, and only one in memory can be a template; load"
                        + " a backup of it into memory first");
    }

    /** Returns what is said when the cluster cannot be asked who it is. */
    ClusterException controlFileNotRead(ErrnoException e) {
        return new ClusterException(
                ClusterException.Kind.RESOURCE,
                "the control file of the cluster " + options.name() + " cannot be read: " + e,
                List.of(),
                e);
    }

    private ClusterException failed(
            ClusterException.Kind kind, @Nullable String message, Exception cause) {
        return new ClusterException(kind, String.valueOf(message), log.recent(), cause);
    }

    /** Returns what is said of a data directory that cannot be opened. */
    static ClusterException ofDirectory(DirectoryException e) {
        ClusterException.Kind kind =
                switch (e.reason()) {
                    case IN_USE -> ClusterException.Kind.IN_USE;
                    case UNSUITABLE -> ClusterException.Kind.START_FAILED;
                    case ABSENT -> ClusterException.Kind.ABSENT;
                    case FAILED -> ClusterException.Kind.RESOURCE;
                };
        return new ClusterException(kind, String.valueOf(e.getMessage()), List.of(), e);
    }

    /** Returns what is said of a backup that is not one, or cannot be read. */
    static ClusterException unusable(String message, @Nullable Throwable cause) {
        return new ClusterException(ClusterException.Kind.START_FAILED, message, List.of(), cause);
    }

    /** Returns what is said of files of the host that fail, however the cluster is called. */
    static ClusterException ofHost(String message, Throwable cause) {
        return new ClusterException(ClusterException.Kind.RESOURCE, message, List.of(), cause);
    }

    /** Returns what is said of a backup that is larger than the memory it is loaded into. */
    static ClusterException backupTooLarge(Path backup, Throwable cause) {
        return new ClusterException(
                ClusterException.Kind.OUT_OF_MEMORY,
                "there is no memory for the backup "
                        + backup
                        + "; raise pglite.memory or the heap of the JVM (-Xmx), or load it"
                        + " into a directory",
                List.of(),
                cause);
    }

    /** Returns what is said of a backup that would silently be left aside. */
    static ClusterException notLoaded(Path backup, Path directory) {
        return new ClusterException(
                ClusterException.Kind.INVALID,
                "pglite.load="
                        + backup
                        + " was not loaded: the directory "
                        + directory
                        + " holds a cluster already. Leave pglite.load out to open that, or"
                        + " name a directory that is new or empty");
    }
}
