package io.github.jdbcpglite.jdbc;

import io.github.jdbcpglite.jdbc.internal.cluster.ClusterHandle;
import io.github.jdbcpglite.jdbc.internal.cluster.ClusterRegistry;
import io.github.jdbcpglite.jdbc.internal.error.SqlErrors;
import io.github.jdbcpglite.jdbc.internal.transport.ChannelSource;
import io.github.jdbcpglite.jdbc.internal.transport.Handover;
import io.github.jdbcpglite.postgres.Clusters;
import io.github.jdbcpglite.postgres.cluster.ClusterException;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.HostSpec;
import org.postgresql.util.PSQLException;

/** Makes connections to the clusters of one registry. Thread-safe. */
final class Connector {
    /** Never resolved: the socket is connected before pgjdbc would look a host up. */
    private static final HostSpec HOST = new HostSpec("pglite", 5432);

    /** The clusters of this JVM, or more exactly of this class's loader. */
    static final Connector SHARED =
            new Connector(new ClusterRegistry(Clusters.factory()), WarmUp::start);

    private final ClusterRegistry registry;
    private final Runnable warmUp;

    /** Makes a connector whose clusters have nothing to load in advance. */
    Connector(ClusterRegistry registry) {
        this(registry, () -> {});
    }

    private Connector(ClusterRegistry registry, Runnable warmUp) {
        this.registry = registry;
        this.warmUp = warmUp;
    }

    ClusterRegistry registry() {
        return registry;
    }

    /**
     * Connects, opening the cluster if it is not open.
     *
     * @throws SQLException PostgreSQL's own if it refused, otherwise one that says what failed
     */
    PgConnection connect(ConnectionPlan plan) throws SQLException {
        long deadlineNanos =
                plan.loginTimeoutNanos() == 0
                        ? ClusterRegistry.NO_DEADLINE
                        : System.nanoTime() + plan.loginTimeoutNanos();
        warmUp.run();
        if (plan.create().isEmpty()) {
            return connect(registry.acquire(plan.cluster(), deadlineNanos), plan, deadlineNanos);
        }
        NamedLogin login = plan.create().get();
        try (ClusterHandle hold = registry.acquire(plan.cluster(), deadlineNanos)) {
            // In advance, for PostgreSQL would log a login that fails.
            login.createOnce(hold, deadlineNanos);
            try {
                ClusterHandle handle = registry.acquire(plan.cluster(), deadlineNanos);
                return connect(handle, plan, deadlineNanos);
            } catch (SQLException e) {
                if (!NamedLogin.isMissing(e)) {
                    throw e;
                }
            }
            // It was dropped meanwhile; if something else is wrong, PostgreSQL says so again.
            login.createIn(hold, deadlineNanos);
            ClusterHandle handle = registry.acquire(plan.cluster(), deadlineNanos);
            return connect(handle, plan, deadlineNanos);
        }
    }

    private static PgConnection connect(
            ClusterHandle handle, ConnectionPlan plan, long deadlineNanos) throws SQLException {
        return connect(handle, plan.pgjdbc(), plan.metadataUrl(), deadlineNanos);
    }

    /**
     * Connects to a cluster that is open.
     *
     * @param handle owned by the connection, also if it cannot be made
     * @param pgjdbc properties, which stay as they are
     * @param url what {@code DatabaseMetaData.getURL} is to answer
     * @param deadlineNanos a value of {@link System#nanoTime}, or {@link
     *     ClusterRegistry#NO_DEADLINE}
     */
    static PgConnection connect(
            ClusterHandle handle, Properties pgjdbc, String url, long deadlineNanos)
            throws SQLException {
        ChannelSource source = new ChannelSource(handle, deadlineNanos);
        boolean connected = false;
        try {
            PgConnection connection =
                    Handover.connect(
                            source,
                            copy(pgjdbc),
                            properties -> new PgConnection(new HostSpec[] {HOST}, properties, url));
            connected = true;
            return connection;
        } catch (SQLException e) {
            throw explain(e, source, handle, deadlineNanos);
        } finally {
            if (connected) {
                source.loginSucceeded();
            } else {
                source.loginFailed();
            }
        }
    }

    private static Properties copy(Properties original) {
        Properties properties = new Properties();
        properties.putAll(original);
        return properties;
    }

    /** Returns pgjdbc's exception, or one that tells more where it knows of a socket only. */
    private static SQLException explain(
            SQLException e, ChannelSource source, ClusterHandle handle, long deadlineNanos) {
        ClusterException refused = source.failure();
        if (refused != null) {
            return SqlErrors.ofCluster(handle.name(), refused);
        }
        boolean fromServer = e instanceof PSQLException p && p.getServerErrorMessage() != null;
        String state = e.getSQLState();
        if (fromServer || state == null || !state.startsWith("08")) {
            return e;
        }
        if (deadlineNanos != ClusterRegistry.NO_DEADLINE
                && System.nanoTime() - deadlineNanos >= 0) {
            return SqlErrors.timeout(
                    SqlErrors.withLog(
                            "Cannot connect to "
                                    + handle.name()
                                    + ": it did not answer within the login timeout",
                            handle.recentLog()),
                    e);
        }
        return SqlErrors.cannotConnect(
                SqlErrors.withLog(
                        "Cannot connect to " + handle.name() + ": " + e.getMessage(),
                        handle.recentLog()),
                e);
    }
}
