package io.github.jdbcpglite.jdbc.internal.database;

import io.github.jdbcpglite.wasm.ClusterException;
import io.github.jdbcpglite.wasm.ClusterService;
import io.github.jdbcpglite.wasm.ClusterTemplate;
import io.github.jdbcpglite.wasm.io.DuplexChannel;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** One user's hold on an open cluster. Thread-safe. */
public final class DatabaseHandle implements AutoCloseable {
    private final String name;
    private final ClusterService service;
    private final Set<Object> made;
    private final Runnable onEnd;
    private final Runnable onClose;
    private final AtomicBoolean closed = new AtomicBoolean();

    DatabaseHandle(DatabaseRegistry registry, Database database, ClusterService service) {
        this(
                database.request.key(),
                service,
                database.made,
                () -> registry.discard(database),
                () -> registry.release(database));
    }

    private DatabaseHandle(
            String name,
            ClusterService service,
            Set<Object> made,
            Runnable onEnd,
            Runnable onClose) {
        this.name = name;
        this.service = service;
        this.made = made;
        this.onEnd = onEnd;
        this.onClose = onClose;
    }

    /** Returns a hold on a cluster that its opener still has to itself, and keeps open. */
    public static DatabaseHandle ofOpener(ClusterService service) {
        return new DatabaseHandle(service.name(), service, new HashSet<>(), () -> {}, () -> {});
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
        synchronized (made) {
            if (!made.contains(what)) {
                making.run();
                made.add(what);
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
            if (e.kind() == ClusterException.Kind.CLOSED) {
                // It ended by itself. The next one to ask opens it anew.
                onEnd.run();
            }
            throw e;
        }
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
        return name;
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
        if (closed.compareAndSet(false, true)) {
            onClose.run();
        }
    }
}
