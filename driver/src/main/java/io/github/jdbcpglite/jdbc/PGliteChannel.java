package io.github.jdbcpglite.jdbc;

import io.github.jdbcpglite.jdbc.internal.error.SqlErrors;
import io.github.jdbcpglite.jdbc.internal.transport.ChannelSource;
import io.github.jdbcpglite.jdbc.internal.transport.InMemorySocketFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.PGProperty;

/**
 * A connection for who speaks PostgreSQL's wire protocol himself, from the start-up message on. Its
 * backend asks for no password. While it is open it holds the cluster open.
 *
 * <p>Streams may be used by one thread each; closing is thread-safe and unblocks both.
 */
public final class PGliteChannel implements AutoCloseable {
    private final Socket socket;
    private final String user;
    private final String database;

    private PGliteChannel(Socket socket, String user, String database) {
        this.socket = socket;
        this.user = user;
        this.database = database;
    }

    /**
     * Starts a backend of a cluster, which is opened if it is not open.
     *
     * @param url a {@code jdbc:pglite:} URL
     * @param info properties as for a connection
     * @throws SQLException with SQLState 08001 if the cluster cannot be opened or takes no more
     */
    public static PGliteChannel open(String url, Properties info) throws SQLException {
        return Boundary.call(() -> open(ConnectionPlan.of(url, info)));
    }

    private static PGliteChannel open(ConnectionPlan plan) throws SQLException {
        ChannelSource source =
                new ChannelSource(
                        () ->
                                NamedLogin.acquire(
                                        Connector.SHARED.registry(),
                                        plan.cluster(),
                                        plan.create()));
        try {
            return new PGliteChannel(
                    new Factory(source).createSocket(),
                    plan.pgjdbc().getProperty(PGProperty.USER.getName()),
                    plan.pgjdbc().getProperty(PGProperty.PG_DBNAME.getName()));
        } catch (IOException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw SqlErrors.cannotConnect(String.valueOf(e.getMessage()), e);
        }
    }

    /** Returns the user of the URL and the properties. */
    public String getUser() {
        return user;
    }

    /** Returns the database of the URL and the properties. */
    public String getDatabase() {
        return database;
    }

    /** Returns what the backend sends. */
    public InputStream getInputStream() throws IOException {
        return socket.getInputStream();
    }

    /** Returns where to send to; what is written is sent with the next flush at the latest. */
    public OutputStream getOutputStream() throws IOException {
        return socket.getOutputStream();
    }

    /** Ends the connection; the backend rolls back and exits. Idempotent. */
    @Override
    public void close() throws SQLException {
        try {
            socket.close();
        } catch (IOException e) {
            throw SqlErrors.cannotConnect(String.valueOf(e.getMessage()), e);
        }
    }

    /** Makes the one socket. */
    private static final class Factory extends InMemorySocketFactory {
        Factory(ChannelSource source) {
            super(source);
        }
    }
}
