package io.github.jdbcpglite.jdbc.internal.cluster;

import io.github.jdbcpglite.postgres.channel.DuplexChannel;
import io.github.jdbcpglite.postgres.cluster.Cluster;
import io.github.jdbcpglite.postgres.cluster.ClusterException;
import io.github.jdbcpglite.postgres.cluster.ClusterTemplate;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One user's hold on an open cluster. Thread-safe. */
public final class ClusterHandle implements AutoCloseable {
    private final @Nullable ClusterRegistry registry;
    private final @Nullable RegisteredCluster cluster;
    private final Cluster service;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile BooleanSupplier inUse = () -> true;

    ClusterHandle(ClusterRegistry registry, RegisteredCluster cluster, Cluster service) {
        this.registry = registry;
        this.cluster = cluster;
        this.service = service;
    }

    private ClusterHandle(Cluster service) {
        this.registry = null;
        this.cluster = null;
        this.service = service;
    }

    /** Returns a hold on a cluster that its opener still has to itself, and keeps open. */
    public static ClusterHandle ofOpener(Cluster service) {
        return new ClusterHandle(service);
    }

    /** Makes something in a cluster. */
    @FunctionalInterface
    public interface Making {
        /** Makes it. */
        void run() throws SQLException;
    }

    /**
     * Makes something unless that has succeeded before while the cluster was open. Others who want
     * the same wait.
     *
     * @param what a value that stands for it
     */
    public void makeOnce(Object what, Making making) throws SQLException {
        if (cluster == null) {
            making.run();
            return;
        }
        synchronized (cluster.made) {
            if (!cluster.made.contains(what)) {
                making.run();
                cluster.made.add(what);
            }
        }
    }

    /**
     * Starts a backend.
     *
     * @throws ClusterException if the cluster cannot take another one, or has ended
     */
    public DuplexChannel connect() throws ClusterException {
        try {
            return service.connect();
        } catch (ClusterException e) {
            if (e.kind() == ClusterException.Kind.CLOSED && registry != null && cluster != null) {
                // It ended by itself. The next one to ask opens it anew.
                registry.discard(cluster);
            }
            throw e;
        }
    }

    /**
     * Says how to find out whether the end of the JVM has to wait for this user. By default it has
     * to, until the handle is closed.
     */
    public void reportsUse(BooleanSupplier report) {
        inUse = report;
    }

    boolean isInUse() {
        return !closed.get() && inUse.getAsBoolean();
    }

    /** Returns the cluster; {@code null} for its opener, who is no user of it. */
    @Nullable RegisteredCluster cluster() {
        return cluster;
    }

    /** Returns the cluster, to use while this is open and not to close. */
    public Cluster service() {
        return service;
    }

    /**
     * Copies the cluster's data directory; see {@link Cluster#backup}.
     *
     * @throws ClusterException if it cannot be copied
     */
    public void backup(Path target) throws ClusterException {
        service.backup(target);
    }

    /**
     * Makes a template of the cluster; see {@link Cluster#template}.
     *
     * @throws ClusterException if it cannot be one
     */
    public ClusterTemplate template() throws ClusterException {
        return service.template();
    }

    /** Returns the cluster's name for messages. */
    public String name() {
        return cluster == null ? service.name() : cluster.request.key();
    }

    /** Returns PostgreSQL's last log lines, oldest first. */
    public List<String> recentLog() {
        return service.recentLog();
    }

    /**
     * Ends this use. If it was the last one and the cluster is to close with it, returns when it
     * has closed.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true) && registry != null && cluster != null) {
            registry.release(this, cluster);
        }
    }
}
