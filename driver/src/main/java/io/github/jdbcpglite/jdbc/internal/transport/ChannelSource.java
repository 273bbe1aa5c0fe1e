package io.github.jdbcpglite.jdbc.internal.transport;

import io.github.jdbcpglite.jdbc.internal.cluster.ClusterHandle;
import io.github.jdbcpglite.jdbc.internal.cluster.ClusterRegistry;
import io.github.jdbcpglite.postgres.channel.DuplexChannel;
import io.github.jdbcpglite.postgres.cluster.ClusterException;
import java.io.IOException;
import java.net.Socket;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens the sockets of one JDBC connection and holds its cluster while any of them, or the login,
 * needs it. Thread-safe.
 */
public final class ChannelSource {
    /** Where the hold on the cluster comes from. */
    @FunctionalInterface
    public interface HandleSupplier {
        /** Finds or opens the cluster. */
        ClusterHandle acquire() throws SQLException;
    }

    private final HandleSupplier handles;
    private final List<InMemorySocket> open = new ArrayList<>();
    private @Nullable ClusterHandle handle;
    private boolean inLogin;
    private @Nullable ClusterException failure;

    /** Set while logging in: reads and writes of every socket end at it. */
    private volatile long loginDeadlineNanos = ClusterRegistry.NO_DEADLINE;

    /** Makes a source that finds its cluster with the first socket and leaves it with the last. */
    public ChannelSource(HandleSupplier handles) {
        this.handles = handles;
    }

    /**
     * Makes a source that already has its cluster and is logging in.
     *
     * @param handle owned by the source from now on
     * @param loginDeadlineNanos a value of {@link System#nanoTime}, or {@link
     *     ClusterRegistry#NO_DEADLINE}
     */
    public ChannelSource(ClusterHandle handle, long loginDeadlineNanos) {
        this.handles =
                () -> {
                    throw new SQLException("This connection has been closed.", "08003");
                };
        this.handle = handle;
        this.inLogin = true;
        handle.reportsUse(this::isInUse);
        this.loginDeadlineNanos = loginDeadlineNanos;
    }

    /** Returns why the cluster refused the last channel, if it did. */
    public synchronized @Nullable ClusterException failure() {
        return failure;
    }

    /** Ends the login with success: from now on the sockets have their own time limits only. */
    public void loginSucceeded() {
        loginDeadlineNanos = ClusterRegistry.NO_DEADLINE;
        synchronized (this) {
            inLogin = false;
        }
        releaseIfUnused();
    }

    /** Ends the login without success: every socket is closed and the cluster let go. */
    public void loginFailed() {
        List<InMemorySocket> left;
        synchronized (this) {
            inLogin = false;
            left = List.copyOf(open);
        }
        left.forEach(InMemorySocket::close);
        releaseIfUnused();
    }

    Socket openSocket() throws IOException {
        try {
            ClusterHandle cluster;
            synchronized (this) {
                if (handle == null) {
                    handle = handles.acquire();
                    handle.reportsUse(this::isInUse);
                }
                cluster = handle;
            }
            DuplexChannel channel = cluster.connect();
            InMemorySocket socket = new InMemorySocket(channel.client(), this);
            synchronized (this) {
                open.add(socket);
            }
            return socket;
        } catch (ClusterException e) {
            synchronized (this) {
                failure = e;
            }
            releaseIfUnused();
            throw new IOException(e.getMessage(), e);
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    void socketClosed(InMemorySocket socket) {
        synchronized (this) {
            open.remove(socket);
        }
        releaseIfUnused();
    }

    private synchronized boolean isInUse() {
        return inLogin || open.stream().anyMatch(InMemorySocket::isInUse);
    }

    long loginDeadlineNanos() {
        return loginDeadlineNanos;
    }

    private void releaseIfUnused() {
        ClusterHandle unused = null;
        synchronized (this) {
            if (!inLogin && open.isEmpty()) {
                unused = handle;
                handle = null;
            }
        }
        if (unused != null) {
            unused.close();
        }
    }
}
