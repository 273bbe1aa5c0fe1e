package io.github.jdbcpglite.jdbc;

import java.sql.SQLException;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.PooledConnection;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGPooledConnection;

/**
 * A source of physical connections for a pool that manages them itself, as application servers do.
 * Thread-safe.
 */
public final class PGliteConnectionPoolDataSource extends AbstractPGliteDataSource
        implements ConnectionPoolDataSource {
    private volatile boolean defaultAutoCommit = true;

    /** Makes a data source for {@code jdbc:pglite:}. */
    public PGliteConnectionPoolDataSource() {
        this(Connector.SHARED);
    }

    PGliteConnectionPoolDataSource(Connector connector) {
        super(connector);
    }

    /** Returns whether connections are in auto-commit mode when they are handed out. */
    public boolean isDefaultAutoCommit() {
        return defaultAutoCommit;
    }

    /** Sets whether connections are in auto-commit mode when they are handed out. */
    public void setDefaultAutoCommit(boolean value) {
        defaultAutoCommit = value;
    }

    @Override
    public PooledConnection getPooledConnection() throws SQLException {
        return new PGPooledConnection(connect(null, null), defaultAutoCommit);
    }

    @Override
    public PooledConnection getPooledConnection(@Nullable String user, @Nullable String password)
            throws SQLException {
        return new PGPooledConnection(connect(user, password), defaultAutoCommit);
    }
}
