package io.github.jdbcpglite.jdbc;

import java.sql.SQLException;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.xa.PGXAConnection;

/**
 * A source of connections for distributed transactions.
 *
 * <p>PostgreSQL takes part in two phases only if the cluster allows prepared transactions, as with
 * {@code pglite.postgres.max_prepared_transactions=10}. Thread-safe.
 */
public final class PGliteXADataSource extends AbstractPGliteDataSource implements XADataSource {
    /** Makes a data source for {@code jdbc:pglite:}. */
    public PGliteXADataSource() {
        this(Connector.SHARED);
    }

    PGliteXADataSource(Connector connector) {
        super(connector);
    }

    @Override
    public XAConnection getXAConnection() throws SQLException {
        return new PGXAConnection(connect(null, null));
    }

    @Override
    public XAConnection getXAConnection(@Nullable String user, @Nullable String password)
            throws SQLException {
        return new PGXAConnection(connect(user, password));
    }
}
