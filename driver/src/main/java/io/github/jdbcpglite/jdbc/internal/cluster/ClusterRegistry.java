package io.github.jdbcpglite.jdbc.internal.cluster;

import io.github.jdbcpglite.jdbc.internal.error.RequiredJars;
import io.github.jdbcpglite.jdbc.internal.error.SqlErrors;
import io.github.jdbcpglite.jdbc.internal.listen.ListenRequest;
import io.github.jdbcpglite.jdbc.internal.listen.ListeningCluster;
import io.github.jdbcpglite.postgres.cluster.Cluster;
import io.github.jdbcpglite.postgres.cluster.ClusterException;
import io.github.jdbcpglite.postgres.cluster.ClusterFactory;
import io.github.jdbcpglite.postgres.cluster.ClusterMetrics;
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
public final class ClusterRegistry {
    /** A deadline that never comes. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    private static final long CLOSE_SECONDS = 60;

    private final ClusterFactory factory;
    private final Map<String, RegisteredCluster> clusters = new HashMap<>();
    private final Map<String, Set<ClusterScope>> scopes = new HashMap<>();
    private long openings;
    private ClusterMetrics past = ClusterMetrics.NONE;
    private final DelayedCloser delayedCloser = new DelayedCloser();
    private final ShutdownHook shutdownHook =
            new ShutdownHook(hook -> new JvmExit(this, hook).run());
    private boolean jvmHasEnded;

    /** Makes an empty registry that opens clusters through a factory. */
    public ClusterRegistry(ClusterFactory factory) {
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
    public ClusterHandle acquire(ClusterRequest request, long deadlineNanos) throws SQLException {
        RegisteredCluster cluster = join(request, deadlineNanos);
        boolean done = false;
        try {
            Cluster service = await(cluster.opened, request.key(), deadlineNanos);
            ClusterHandle handle = new ClusterHandle(this, cluster, service);
            synchronized (this) {
                cluster.handles.add(handle);
            }
            done = true;
            return handle;
        } finally {
            if (!done) {
                release(cluster);
            }
        }
    }

    /**
     * Closes every cluster, in use or not, and returns when they are closed or a minute is over.
     */
    public void closeAll() {
        List<RegisteredCluster> all;
        synchronized (this) {
            all = new ArrayList<>(clusters.values());
        }
        for (RegisteredCluster cluster : all) {
            if (startClosing(cluster, true)) {
                finishClosing(cluster);
            }
        }
        for (RegisteredCluster cluster : all) {
            awaitClosed(cluster);
        }
    }

    /**
     * Closes a cluster, in use or not, and returns when it is closed or a minute is over.
     *
     * @return whether one was open under that key
     */
    public boolean close(String key) {
        RegisteredCluster cluster;
        synchronized (this) {
            cluster = clusters.get(key);
        }
        if (cluster == null) {
            return false;
        }
        if (startClosing(cluster, true)) {
            finishClosing(cluster);
        }
        awaitClosed(cluster);
        return true;
    }

    /** Begins a scope, with no cluster yet. */
    public synchronized ClusterScope scope() {
        return new ClusterScope(this, openings);
    }

    synchronized void addTo(ClusterScope scope, String key) {
        if (scope.ended || !scope.keys.add(key)) {
            return;
        }
        scopes.computeIfAbsent(key, unused -> new HashSet<>()).add(scope);
        RegisteredCluster present = clusters.get(key);
        if (present != null) {
            present.add(scope);
        }
    }

    void end(ClusterScope scope) {
        List<RegisteredCluster> unused = new ArrayList<>();
        List<RegisteredCluster> closing = new ArrayList<>();
        synchronized (this) {
            boolean closes = !scope.ended && !ShutdownHook.jvmIsEnding();
            scope.ended = true;
            for (String key : scope.keys) {
                RegisteredCluster cluster = leave(scope, key) ? clusters.get(key) : null;
                if (cluster != null && closes) {
                    if (cluster.scopesHaveEnded() && startClosing(cluster, false)) {
                        unused.add(cluster);
                    }
                    if (cluster.closing) {
                        closing.add(cluster);
                    }
                }
            }
            scope.keys.clear();
        }
        unused.forEach(this::finishClosing);
        closing.forEach(ClusterRegistry::awaitClosed);
    }

    /** Returns whether no scope is left that has a key; the monitor is held. */
    private boolean leave(ClusterScope scope, String key) {
        Set<ClusterScope> left = scopes.get(key);
        if (left == null) {
            return true;
        }
        left.remove(scope);
        if (left.isEmpty()) {
            scopes.remove(key);
        }
        return left.isEmpty();
    }

    private static void awaitClosed(RegisteredCluster cluster) {
        try {
            cluster.closed.get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log().log(Level.ERROR, "cluster " + cluster.request.key() + " did not close", e);
        }
    }

    /** Returns how many clusters are open, opening or closing. */
    public synchronized int size() {
        return clusters.size();
    }

    /** Returns the clusters that are open. */
    public synchronized List<Cluster> services() {
        List<Cluster> services = new ArrayList<>();
        for (RegisteredCluster cluster : clusters.values()) {
            if (!cluster.closing) {
                cluster.openedService().ifPresent(services::add);
            }
        }
        return services;
    }

    /**
     * Returns the sums of all clusters, closed ones included, so that what is counted only grows.
     */
    public ClusterMetrics totals() {
        ClusterMetrics totals;
        List<Cluster> present = new ArrayList<>();
        synchronized (this) {
            totals = past;
            for (RegisteredCluster cluster : clusters.values()) {
                cluster.openedService().ifPresent(present::add);
            }
        }
        for (Cluster service : present) {
            totals = totals.plus(service.metrics());
        }
        return totals;
    }

    /** Returns the clusters that are to be closed before the JVM ends. */
    synchronized List<RegisteredCluster> awaitedAtExit() {
        return clusters.values().stream().filter(cluster -> cluster.awaitedAtExit).toList();
    }

    /** Returns those who use clusters that are to be closed before the JVM ends. */
    synchronized Set<ClusterHandle> usersAtExit() {
        Set<ClusterHandle> users = new HashSet<>();
        for (RegisteredCluster cluster : clusters.values()) {
            if (cluster.awaitedAtExit) {
                users.addAll(cluster.handles);
            }
        }
        return users;
    }

    /** Closes a cluster that is to be closed before the JVM ends, and returns when it is closed. */
    void closeAtExit(RegisteredCluster cluster) {
        if (startClosing(cluster, true)) {
            finishClosing(cluster);
        }
        awaitClosed(cluster);
        synchronized (this) {
            noLongerAwaitedAtExit(cluster); // whatever has become of it
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

    void release(ClusterHandle handle, RegisteredCluster cluster) {
        synchronized (this) {
            cluster.handles.remove(handle);
        }
        release(cluster);
    }

    private void release(RegisteredCluster cluster) {
        boolean closeNow = false;
        synchronized (this) {
            cluster.users--;
            int delaySeconds = cluster.closeDelaySeconds();
            if (cluster.users == 0 && !cluster.closing) {
                closeNow = delaySeconds == 0;
                if (delaySeconds > 0) {
                    cluster.delayedClose =
                            delayedCloser.schedule(() -> closeUnused(cluster), delaySeconds);
                }
            }
        }
        if (closeNow) {
            closeUnused(cluster);
        }
    }

    /** Closes what is left of a cluster that ended by itself and frees its key. */
    void discard(RegisteredCluster cluster) {
        if (startClosing(cluster, true)) {
            log().log(Level.WARNING, "cluster {0} has ended", cluster.request.key());
            finishClosing(cluster);
        }
    }

    private void closeUnused(RegisteredCluster cluster) {
        if (startClosing(cluster, false)) {
            finishClosing(cluster);
        }
    }

    /**
     * Returns the cluster of a request with one user more, once none that is closing has its key.
     */
    private RegisteredCluster join(ClusterRequest request, long deadlineNanos) throws SQLException {
        while (true) {
            RegisteredCluster closing;
            synchronized (this) {
                RegisteredCluster present = clusters.get(request.key());
                if (present == null) {
                    return open(request);
                }
                if (!present.closing) {
                    checkAgreement(present, request);
                    present.addUser(request);
                    cancelDelayedClose(present);
                    return present;
                }
                closing = present;
            }
            await(closing.closed, request.key(), deadlineNanos);
        }
    }

    /** Puts a new cluster under its key and starts opening it; the monitor is held. */
    private RegisteredCluster open(ClusterRequest request) throws SQLException {
        RegisteredCluster cluster = new RegisteredCluster(request, openings++);
        scopes.getOrDefault(request.key(), Set.of()).forEach(cluster::add);
        if (cluster.isToCloseAtExit()) {
            if (jvmHasEnded) {
                throw SqlErrors.cannotConnect(
                        "Cannot open " + request.key() + ": the JVM is shutting down");
            }
            cluster.awaitedAtExit = shutdownHook.add();
            cluster.closesWithLastUser = !cluster.awaitedAtExit;
        }
        cluster.users = 1;
        clusters.put(request.key(), cluster);
        Thread opener =
                LastingThreads.make(() -> runOpening(cluster), "jdbc-pglite-open " + request.key());
        boolean started = false;
        try {
            opener.start();
            started = true;
            return cluster;
        } catch (OutOfMemoryError e) {
            throw SqlErrors.outOfMemory("Cannot open " + request.key() + ": " + e.getMessage(), e);
        } finally {
            if (!started) {
                // No thread could be made: nobody would ever complete the opening.
                cluster.closing = true;
                forget(cluster);
            }
        }
    }

    private void runOpening(RegisteredCluster cluster) {
        try {
            Cluster service = factory.open(cluster.request.options());
            Optional<ListenRequest> listen = cluster.request.listen();
            cluster.opened.complete(
                    listen.isPresent() ? listening(service, cluster.request) : service);
        } catch (Throwable e) {
            // Whatever it was, who waits for the cluster has to hear of it, or would wait for ever.
            if (startClosing(cluster, true)) {
                forget(cluster);
            }
            cluster.opened.completeExceptionally(e);
        }
    }

    private static Cluster listening(Cluster service, ClusterRequest request)
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

    private static void checkAgreement(RegisteredCluster present, ClusterRequest request)
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
    private synchronized boolean startClosing(RegisteredCluster cluster, boolean evenIfUsed) {
        if (cluster.closing || (cluster.users > 0 && !evenIfUsed)) {
            return false;
        }
        cluster.closing = true;
        cancelDelayedClose(cluster);
        return true;
    }

    /** Closes a cluster now or, if it is still opening, when it is open. */
    private void finishClosing(RegisteredCluster cluster) {
        CompletableFuture<@Nullable Void> closing = cluster.opened.thenAccept(Cluster::close);
        // Handles every outcome itself, so that there is nothing to look at in its own.
        var unused = closing.handle((nothing, failure) -> closed(cluster, failure));
    }

    private @Nullable Void closed(RegisteredCluster cluster, @Nullable Throwable failure) {
        if (failure != null && !cluster.opened.isCompletedExceptionally()) {
            // Who closed the last connection can do nothing about it.
            log().log(Level.ERROR, "closing cluster " + cluster.request.key() + " failed", failure);
        }
        forget(cluster);
        return null;
    }

    private void forget(RegisteredCluster cluster) {
        synchronized (this) {
            if (clusters.remove(cluster.request.key(), cluster)) {
                cluster.openedService()
                        .ifPresent(service -> past = past.plus(service.metrics().ofClosed()));
            }
            noLongerAwaitedAtExit(cluster);
        }
        cluster.closed.complete(null);
    }

    /** Frees the end of the JVM from waiting for a cluster; the monitor is held. */
    private void noLongerAwaitedAtExit(RegisteredCluster cluster) {
        if (cluster.awaitedAtExit) {
            cluster.awaitedAtExit = false;
            shutdownHook.remove();
        }
    }

    private static void cancelDelayedClose(RegisteredCluster cluster) {
        Future<?> delayed = cluster.delayedClose;
        if (delayed != null) {
            delayed.cancel(false);
            cluster.delayedClose = null;
        }
    }

    private static Logger log() {
        return System.getLogger(ClusterRegistry.class.getName());
    }
}
