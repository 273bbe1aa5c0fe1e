package io.github.jdbcpglite.jdbc;

import io.github.jdbcpglite.jdbc.internal.cluster.ClusterScope;
import io.github.jdbcpglite.jdbc.internal.error.RequiredJars;
import java.sql.SQLException;
import java.util.Properties;

/**
 * The time in which something uses clusters, whether it has connections or not: a container with a
 * data source, for instance. Clusters that would stay open as long as the JVM close at its end.
 * Thread-safe.
 *
 * <p>The end of a scope closes each of its clusters that was opened after the scope had begun, if
 * {@code pglite.close} was not written down by whoever opened it or connects to it, and if no other
 * scope has it: at once if no connection to it is open, otherwise with the last one. Whoever holds
 * a cluster by a scope of his own can so be sure that no other scope closes it. When the JVM is
 * ending, the end of a scope closes nothing; what has to be closed then is closed after everybody
 * who may use it.
 */
public final class PGliteScope implements AutoCloseable {
    private final ClusterScope scope;

    private PGliteScope(ClusterScope scope) {
        this.scope = scope;
    }

    /**
     * Begins a scope, with no cluster yet.
     *
     * @throws SQLException with SQLState 08001 if the class path lacks what the driver needs
     */
    public static PGliteScope begin() throws SQLException {
        RequiredJars.check();
        return new PGliteScope(Connector.SHARED.registry().scope());
    }

    /**
     * Adds a cluster, which may be open already or be opened later. Adding it again, or after the
     * end of the scope, does nothing.
     *
     * @param url a {@code jdbc:pglite:} URL
     * @throws SQLException if the URL is not valid
     */
    public void add(String url) throws SQLException {
        Boundary.run(() -> scope.add(ConnectionPlan.of(url, new Properties()).cluster().key()));
    }

    /**
     * Ends the scope, and returns when the clusters that close with it have closed, or are not
     * closed after a minute. Idempotent.
     */
    @Override
    public void close() {
        scope.close();
    }
}
