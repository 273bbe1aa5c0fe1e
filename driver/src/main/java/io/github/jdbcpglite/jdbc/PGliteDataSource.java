package io.github.jdbcpglite.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A source of connections to a PostgreSQL in this process. Each is new and has a backend of its
 * own; a pool goes on top. Thread-safe.
 */
public final class PGliteDataSource extends AbstractPGliteDataSource implements DataSource {
    /** Makes a data source for {@code jdbc:pglite:}. */
    public PGliteDataSource() {
        this(Connector.SHARED);
    }

    PGliteDataSource(Connector connector) {
        super(connector);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return connect(null, null);
    }

    @Override
    public Connection getConnection(@Nullable String username, @Nullable String password)
            throws SQLException {
        return connect(username, password);
    }

    @Override
    public <T> T unwrap(@Nullable Class<T> type) throws SQLException {
        if (type == null || !type.isInstance(this)) {
            throw new SQLException(
                    "Cannot unwrap to " + (type == null ? "null" : type.getName()), "22023");
        }
        return type.cast(this);
    }

    @Override
    public boolean isWrapperFor(@Nullable Class<?> type) {
        return type != null && type.isInstance(this);
    }
}
