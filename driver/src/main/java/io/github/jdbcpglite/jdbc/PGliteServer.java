package io.github.jdbcpglite.jdbc;

import io.github.jdbcpglite.jdbc.internal.cluster.ClusterHandle;
import io.github.jdbcpglite.jdbc.internal.cluster.ClusterRegistry;
import io.github.jdbcpglite.jdbc.internal.error.SqlErrors;
import io.github.jdbcpglite.jdbc.internal.listen.ClusterListeners;
import io.github.jdbcpglite.jdbc.internal.listen.ListenAddress;
import io.github.jdbcpglite.jdbc.internal.listen.ListenRequest;
import io.github.jdbcpglite.jdbc.internal.listen.Listener;
import io.github.jdbcpglite.postgres.cluster.ClusterException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/**
 * A TCP port or a Unix socket in front of a cluster of this JVM, so that psql, pgbench, IDEs and
 * drivers of other languages can use it like a server. Thread-safe.
 *
 * <p>The property {@code pglite.listen} of a URL does the same for the life of a cluster; this
 * class is for who wants to know the port, or to close it earlier. While it is open it holds the
 * cluster open. Clients over TCP log in by SCRAM-SHA-256 as a role with a password; TLS is not
 * offered. On a Unix socket whoever may open its file is let in.
 */
public final class PGliteServer implements AutoCloseable {
    private final ClusterHandle handle;
    private final Listener listener;
    private final SocketAddress address;
    private final String user;
    private final @Nullable String password;
    private final AtomicBoolean closed = new AtomicBoolean();

    private PGliteServer(
            ClusterHandle handle,
            ClusterListeners.Opened opened,
            SocketAddress address,
            String user) {
        this.handle = handle;
        this.listener = opened.listener();
        this.address = address;
        this.user = user;
        this.password = opened.password().orElse(null);
    }

    /**
     * Listens on a free port of the loopback address.
     *
     * @param url of the cluster, which is opened if it is not open
     * @throws SQLException as {@link #start(String, Properties)} does
     */
    public static PGliteServer start(String url) throws SQLException {
        return start(url, new Properties());
    }

    /**
     * Listens where {@code pglite.listen} says, by default on a free port of the loopback address.
     *
     * <p>If {@code pglite.listenPassword} or {@code password} is given, it becomes the password of
     * {@code user}, which is {@code postgres} by default. If neither is and the user has none, one
     * is made up: see {@link #getPassword}.
     *
     * @param url of the cluster, which is opened if it is not open
     * @param info properties of this driver and of pgjdbc; those of the URL win
     * @throws SQLException with SQLState 08001 if the cluster or the address cannot be opened,
     *     22023 if a property has a wrong value
     */
    public static PGliteServer start(String url, Properties info) throws SQLException {
        return Boundary.call(() -> open(ConnectionPlan.of(url, info), info));
    }

    private static PGliteServer open(ConnectionPlan plan, Properties info) throws SQLException {
        ListenRequest request =
                plan.cluster()
                        .listen()
                        .orElseGet(
                                () ->
                                        new ListenRequest(
                                                ListenAddress.parse("0").orElseThrow(),
                                                user(plan),
                                                password(plan, info)));
        ClusterHandle handle =
                Connector.SHARED
                        .registry()
                        .acquire(
                                plan.cluster().withoutListener(PGliteProperty.LISTEN.getName()),
                                ClusterRegistry.NO_DEADLINE);
        boolean done = false;
        try {
            handle.reportsUse(() -> false); // its clients are not of this JVM
            if (plan.create().isPresent()) {
                plan.create().get().run(handle.service());
            }
            ClusterListeners.Opened opened = ClusterListeners.open(handle.service(), request, true);
            PGliteServer server =
                    new PGliteServer(
                            handle, opened, opened.listener().localAddress(), request.user());
            done = true;
            return server;
        } catch (IOException e) {
            throw SqlErrors.cannotConnect(String.valueOf(e.getMessage()), e);
        } catch (ClusterException e) {
            throw SqlErrors.ofCluster(handle.name(), e);
        } finally {
            if (!done) {
                handle.close();
            }
        }
    }

    private static String user(ConnectionPlan plan) {
        return plan.pgjdbc().getProperty(PGProperty.USER.getName());
    }

    private static Optional<String> password(ConnectionPlan plan, Properties info) {
        String ofListener = info.getProperty(PGliteProperty.LISTEN_PASSWORD.getName());
        return Optional.ofNullable(
                ofListener == null
                        ? plan.pgjdbc().getProperty(PGProperty.PASSWORD.getName())
                        : ofListener);
    }

    /** Returns where it listens. */
    public SocketAddress getAddress() {
        return address;
    }

    /** Returns the TCP port, or 0 for a Unix socket. */
    public int getPort() {
        return address instanceof InetSocketAddress inet ? inet.getPort() : 0;
    }

    /** Returns the role whose password it is. */
    public String getUser() {
        return user;
    }

    /** Returns the password given or made up, or {@code null} if the role had one already. */
    public @Nullable String getPassword() {
        return password;
    }

    /** Returns the URL for pgjdbc, without user and password; empty for a Unix socket. */
    public Optional<String> getJdbcUrl(String database) {
        return address instanceof InetSocketAddress inet
                ? Optional.of(
                        "jdbc:postgresql://" + host(inet) + ":" + inet.getPort() + "/" + database)
                : Optional.empty();
    }

    private static String host(InetSocketAddress inet) {
        if (inet.getAddress().isAnyLocalAddress()) {
            return "localhost";
        }
        String host = inet.getAddress().getHostAddress();
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    /** Returns how many clients are connected, those that are still logging in included. */
    public int getClientCount() {
        return listener.clientCount();
    }

    /** Ends the clients, closes the port and lets go of the cluster. Idempotent. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            listener.close();
            handle.close();
        }
    }
}
