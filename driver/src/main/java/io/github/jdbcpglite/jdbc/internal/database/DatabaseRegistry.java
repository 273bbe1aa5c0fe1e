package io.github.jdbcpglite.jdbc.internal.database;

import io.github.jdbcpglite.jdbc.internal.error.RequiredJars;
import io.github.jdbcpglite.jdbc.internal.error.SqlErrors;
import io.github.jdbcpglite.jdbc.internal.listen.ListenRequest;
import io.github.jdbcpglite.jdbc.internal.listen.ListeningCluster;
import io.github.jdbcpglite.wasm.ClusterException;
import io.github.jdbcpglite.wasm.ClusterFactory;
import io.github.jdbcpglite.wasm.ClusterMetrics;
import io.github.jdbcpglite.wasm.ClusterService;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The clusters open in this JVM, by key. Thread-safe; the invariants are in the package
 * documentation.
 */
public final class DatabaseRegistry {
    /** A deadline that never comes. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    private static final long CLOSE_SECONDS = 60;

    private final ClusterFactory factory;
    private final Map<String, Database> databases = new HashMap<>();
    private ClusterMetrics past = ClusterMetrics.NONE;
    private final DelayedCloser delayedCloser = new DelayedCloser();
    private final ShutdownHook shutdownHook =
            new ShutdownHook(hook -> new JvmExit(this, hook).run());
    private boolean jvmHasEnded;

    /** Makes an empty registry that opens clusters through a factory. */
    public DatabaseRegistry(ClusterFactory factory) {
        this.factory = factory;
    }

    /**
     * Finds a cluster that is open, or opens it, and uses it.
     *
     * @param deadlineNanos until when to wait, a value of {@link System#nanoTime}, or {@link
     *     #NO_DEADLINE}; an opening that takes longer goes on for others
     * @return a handle to close when the use is over
     * @throws SQLException if it cannot be opened, if settings written down differ from those it is
     *     open with, or at the deadline
     */
    public DatabaseHandle acquire(ClusterRequest request, long deadlineNanos) throws SQLException {
        Database database = join(request, deadlineNanos);
        boolean done = false;
        try {
            ClusterService service = await(database.opened, request.key(), deadlineNanos);
            DatabaseHandle handle = new DatabaseHandle(this, database, service);
            synchronized (this) {
                database.handles.add(handle);
            }
            done = true;
            return handle;
        } finally {
            if (!done) {
                release(database);
            }
        }
    }

    /**
     * Closes every cluster, in use or not, and returns when they are closed or a minute is over.
     */
    public void closeAll() {
        List<Database> all;
        synchronized (this) {
            all = new ArrayList<>(databases.values());
        }
        for (Database database : all) {
            if (startClosing(database, true)) {
                finishClosing(database);
            }
        }
        for (Database database : all) {
            awaitClosed(database);
        }
    }

    /**
     * Closes a cluster, in use or not, and returns when it is closed or a minute is over.
     *
     * @return whether one was open under that key
     */
    public boolean close(String key) {
        Database database;
        synchronized (this) {
            database = databases.get(key);
        }
        if (database == null) {
            return false;
        }
        if (startClosing(database, true)) {
            finishClosing(database);
        }
        awaitClosed(database);
        return true;
    }

    private static void awaitClosed(Database database) {
        try {
            database.closed.get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log().log(Level.ERROR, "cluster " + database.request.key() + " did not close", e);
        }
    }

    /** Returns how many clusters are open, opening or closing. */
    public synchronized int size() {
        return databases.size();
    }

    /** Returns the clusters that are open. */
    public synchronized List<ClusterService> services() {
        List<ClusterService> services = new ArrayList<>();
        for (Database database : databases.values()) {
            if (!database.closing) {
                database.openedService().ifPresent(services::add);
            }
        }
        return services;
    }

    /**
     * Returns the sums of all clusters, closed ones included, so that what is counted only grows.
     */
    public ClusterMetrics totals() {
        ClusterMetrics totals;
        List<ClusterService> present = new ArrayList<>();
        synchronized (this) {
            totals = past;
            for (Database database : databases.values()) {
                database.openedService().ifPresent(present::add);
            }
        }
        for (ClusterService service : present) {
            totals = totals.plus(service.metrics());
        }
        return totals;
    }

    /** Returns the clusters that are to be closed before the JVM ends. */
    synchronized List<Database> awaitedAtExit() {
        return databases.values().stream().filter(database -> database.awaitedAtExit).toList();
    }

    /** Returns those who use clusters that are to be closed before the JVM ends. */
    synchronized Set<DatabaseHandle> usersAtExit() {
        Set<DatabaseHandle> users = new HashSet<>();
        for (Database database : databases.values()) {
            if (database.awaitedAtExit) {
                users.addAll(database.handles);
            }
        }
        return users;
    }

    /** Closes a cluster that is to be closed before the JVM ends, and returns when it is closed. */
    void closeAtExit(Database database) {
        if (startClosing(database, true)) {
            finishClosing(database);
        }
        awaitClosed(database);
        synchronized (this) {
            noLongerAwaitedAtExit(database); // whatever has become of it
        }
    }

    /**
     * Ends waiting for clusters to close, if there are none to wait for.
     *
     * @param last whether the application has ended too, so that nothing need be opened any more
     */
    synchronized boolean endExit(boolean last) {
        if (!awaitedAtExit().isEmpty()) {
            return false;
        }
        shutdownHook.end();
        jvmHasEnded = last;
        return true;
    }

    void release(DatabaseHandle handle, Database database) {
        synchronized (this) {
            database.handles.remove(handle);
        }
        release(database);
    }

    private void release(Database database) {
        boolean closeNow = false;
        synchronized (this) {
            database.users--;
            int delaySeconds = database.closeDelaySeconds();
            if (database.users == 0 && !database.closing) {
                closeNow = delaySeconds == 0;
                if (delaySeconds > 0) {
                    database.delayedClose =
                            delayedCloser.schedule(() -> closeUnused(database), delaySeconds);
                }
            }
        }
        if (closeNow) {
            closeUnused(database);
        }
    }

    /** Closes what is left of a cluster that ended by itself and frees its key. */
    void discard(Database database) {
        if (startClosing(database, true)) {
            log().log(Level.WARNING, "cluster {0} has ended", database.request.key());
            finishClosing(database);
        }
    }

    private void closeUnused(Database database) {
        if (startClosing(database, false)) {
            finishClosing(database);
        }
    }

    /**
     * Returns the cluster of a request with one user more, once none that is closing has its key.
     */
    private Database join(ClusterRequest request, long deadlineNanos) throws SQLException {
        while (true) {
            Database closing;
            synchronized (this) {
                Database present = databases.get(request.key());
                if (present == null) {
                    return open(request);
                }
                if (!present.closing) {
                    checkAgreement(present, request);
                    present.users++;
                    cancelDelayedClose(present);
                    return present;
                }
                closing = present;
            }
            await(closing.closed, request.key(), deadlineNanos);
        }
    }

    /** Puts a new cluster under its key and starts opening it; the monitor is held. */
    private Database open(ClusterRequest request) throws SQLException {
        Database database = new Database(request);
        if (database.isToCloseAtExit()) {
            if (jvmHasEnded) {
                throw SqlErrors.cannotConnect(
                        "Cannot open " + request.key() + ": the JVM is shutting down");
            }
            database.awaitedAtExit = shutdownHook.add();
            database.closesWithLastUser = !database.awaitedAtExit;
        }
        database.users = 1;
        databases.put(request.key(), database);
        Thread opener =
                LastingThreads.make(
                        () -> runOpening(database), "jdbc-pglite-open " + request.key());
        boolean started = false;
        try {
            opener.start();
            started = true;
            return database;
        } catch (OutOfMemoryError e) {
            throw SqlErrors.outOfMemory("Cannot open " + request.key() + ": " + e.getMessage(), e);
        } finally {
            if (!started) {
                // No thread could be made: nobody would ever complete the opening.
                database.closing = true;
                forget(database);
            }
        }
    }

    private void runOpening(Database database) {
        try {
            ClusterService service = factory.open(database.request.options());
            Optional<ListenRequest> listen = database.request.listen();
            database.opened.complete(
                    listen.isPresent() ? listening(service, database.request) : service);
        } catch (Throwable e) {
            // Whatever it was, who waits for the cluster has to hear of it, or would wait for ever.
            if (startClosing(database, true)) {
                forget(database);
            }
            database.opened.completeExceptionally(e);
        }
    }

    private static ClusterService listening(ClusterService service, ClusterRequest request)
            throws ClusterException {
        boolean done = false;
        try {
            request.beforeListening().run(service);
            done = true;
        } finally {
            if (!done) {
                service.close();
            }
        }
        return ListeningCluster.open(service, request.listen().orElseThrow());
    }

    private static void checkAgreement(Database present, ClusterRequest request)
            throws SQLException {
        for (Map.Entry<String, String> wanted : request.explicit().entrySet()) {
            String actual = present.request.effective().get(wanted.getKey());
            if (!wanted.getValue().equals(actual)) {
                throw SqlErrors.invalidValue(
                        wanted.getKey(),
                        wanted.getValue(),
                        (actual == null ? "leaving it out" : "\"" + actual + "\"")
                                + ", because the cluster "
                                + request.key()
                                + " is already open with that; settings of a whole cluster have"
                                + " to agree among its connections");
            }
        }
    }

    private static <T extends @Nullable Object> T await(
            CompletableFuture<T> future, String key, long deadlineNanos) throws SQLException {
        try {
            return deadlineNanos == NO_DEADLINE
                    ? future.get()
                    : future.get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw SqlErrors.timeout(
                    "Cannot connect to " + key + ": it was not ready within the login timeout", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SqlErrors.cannotConnect("Cannot connect to " + key + ": interrupted", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof ClusterException failure) {
                throw SqlErrors.ofCluster(key, failure);
            }
            if (cause instanceof OutOfMemoryError) {
                throw SqlErrors.outOfMemory(
                        "Cannot connect to " + key + ": " + cause.getMessage(), cause);
            }
            if (cause != null) {
                RequiredJars.explain(cause);
            }
            throw SqlErrors.cannotConnect(
                    "Cannot connect to " + key + ": opening it failed with " + cause, cause);
        }
    }

    /** Returns whether the caller now has to close the cluster. */
    private synchronized boolean startClosing(Database database, boolean evenIfUsed) {
        if (database.closing || (database.users > 0 && !evenIfUsed)) {
            return false;
        }
        database.closing = true;
        cancelDelayedClose(database);
        return true;
    }

    /** Closes a cluster now or, if it is still opening, when it is open. */
    private void finishClosing(Database database) {
        CompletableFuture<@Nullable Void> closing =
                database.opened.thenAccept(ClusterService::close);
        // Handles every outcome itself, so that there is nothing to look at in its own.
        var unused = closing.handle((nothing, failure) -> closed(database, failure));
    }

    private @Nullable Void closed(Database database, @Nullable Throwable failure) {
        if (failure != null && !database.opened.isCompletedExceptionally()) {
            // Who closed the last connection can do nothing about it.
            log().log(
                            Level.ERROR,
                            "closing cluster " + database.request.key() + " failed",
                            failure);
        }
        forget(database);
        return null;
    }

    private void forget(Database database) {
        synchronized (this) {
            if (databases.remove(database.request.key(), database)) {
                database.openedService()
                        .ifPresent(service -> past = past.plus(service.metrics().ofClosed()));
            }
            noLongerAwaitedAtExit(database);
        }
        database.closed.complete(null);
    }

    /** Frees the end of the JVM from waiting for a cluster; the monitor is held. */
    private void noLongerAwaitedAtExit(Database database) {
        if (database.awaitedAtExit) {
            database.awaitedAtExit = false;
            shutdownHook.remove();
        }
    }

    private static void cancelDelayedClose(Database database) {
        Future<?> delayed = database.delayedClose;
        if (delayed != null) {
            delayed.cancel(false);
            database.delayedClose = null;
        }
    }

    private static Logger log() {
        return System.getLogger(DatabaseRegistry.class.getName());
    }
}
