package io.github.jdbcpglite.postgres.cluster;

import io.github.jdbcpglite.postgres.channel.DuplexChannel;
import java.nio.file.Path;
import java.util.List;

/** An open cluster: a data directory, its shared memory and its backends. Thread-safe. */
public interface Cluster extends AutoCloseable {
    /**
     * Starts a backend on the server end of a new channel; the caller uses the client end.
     *
     * <p>The client speaks PostgreSQL's wire protocol, a cancel request included. The backend ends
     * when the client closes its end, by PostgreSQL's own way out.
     *
     * @throws ClusterException if the cluster is closed or full, or a backend cannot start
     */
    DuplexChannel connect() throws ClusterException;

    /**
     * Makes a template of the cluster as it is now, from which others are cloned: what is committed
     * is in it. If no backend runs, clones start at once, else they recover from the files first.
     *
     * @throws ClusterException if the cluster is closed, or is not in memory
     */
    ClusterTemplate template() throws ClusterException;

    /**
     * Closes the cluster: takes no new connection, ends the backends, writes what has to be kept
     * and frees everything. Returns when that is done, within a bound; idempotent.
     */
    @Override
    void close();

    /**
     * Copies the data directory as it is at one moment, while connections stay open; they wait
     * while it is read. Opening the copy recovers it, as after a crash at that moment.
     *
     * @param target an archive to write, if it is named {@code .tar}, {@code .tar.gz} or {@code
     *     .tgz}, otherwise a directory that does not exist or is empty
     * @throws ClusterException if the cluster is closed, or the target exists or cannot be written
     */
    void backup(Path target) throws ClusterException;

    /**
     * Returns the random bytes with which logins of roles that do not exist are answered: always
     * alike, and not to be told by strangers from those that do.
     *
     * @throws ClusterException if the control file cannot be read
     */
    byte[] mockAuthenticationNonce() throws ClusterException;

    /** Returns the name it was opened under, as its options say. */
    String name();

    /** Returns the name of the engine that runs it, such as {@code native} or {@code bytecode}. */
    String engine();

    /** Returns how many backends run now. */
    int backendCount();

    /** Returns what happens and has happened in it. Stops nobody; cheap, but walks the files. */
    ClusterMetrics metrics();

    /** Returns PostgreSQL's last log lines, oldest first; a bounded number of them. */
    List<String> recentLog();
}
