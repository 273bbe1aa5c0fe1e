package io.github.jdbcpglite.jdbc.internal.database;

import io.github.jdbcpglite.wasm.ClusterException;
import io.github.jdbcpglite.wasm.ClusterService;
import io.github.jdbcpglite.wasm.ClusterTemplate;
import io.github.jdbcpglite.wasm.io.DuplexChannel;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One user's hold on an open cluster. Thread-safe. */
public final class DatabaseHandle implements AutoCloseable {
    private final @Nullable DatabaseRegistry registry;
    private final @Nullable Database database;
    private final ClusterService service;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile BooleanSupplier inUse = () -> true;

    DatabaseHandle(DatabaseRegistry registry, Database database, ClusterService service) {
        this.registry = registry;
        this.database = database;
        this.service = service;
    }

    private DatabaseHandle(ClusterService service) {
        this.registry = null;
        this.database = null;
        this.service = service;
    }

    /** Returns a hold on a cluster that its opener still has to itself, and keeps open. */
    public static DatabaseHandle ofOpener(ClusterService service) {
        return new DatabaseHandle(service);
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
        if (database == null) {
            making.run();
            return;
        }
        synchronized (database.made) {
            if (!database.made.contains(what)) {
                making.run();
                database.made.add(what);
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
            if (e.kind() == ClusterException.Kind.CLOSED && registry != null && database != null) {
                // It ended by itself. The next one to ask opens it anew.
                registry.discard(database);
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
    @Nullable Database database() {
        return database;
    }

    /** Returns the cluster, to use while this is open and not to close. */
    public ClusterService service() {
        return service;
    }

    /**
     * Copies the cluster's data directory; see {@link ClusterService#backup}.
     *
     * @throws ClusterException if it cannot be copied
     */
    public void backup(Path target) throws ClusterException {
        service.backup(target);
    }

    /**
     * Makes a template of the cluster; see {@link ClusterService#template}.
     *
     * @throws ClusterException if it cannot be one
     */
    public ClusterTemplate template() throws ClusterException {
        return service.template();
    }

    /** Returns the cluster's name for messages. */
    public String name() {
        return database == null ? service.name() : database.request.key();
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
        if (closed.compareAndSet(false, true) && registry != null && database != null) {
            registry.release(this, database);
        }
    }
}
