package io.github.jdbcpglite.cli.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGNotification;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Field;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.TransactionState;
import org.postgresql.core.Tuple;

/**
 * A connection that runs SQL as psql does: as simple queries, whose answers are texts with their
 * tags, and notices when they come.
 */
final class Session implements AutoCloseable {
    private static final int FLAGS =
            QueryExecutor.QUERY_SUPPRESS_BEGIN | QueryExecutor.QUERY_EXECUTE_AS_SIMPLE;

    private final String url;
    private final Properties properties;
    private volatile BaseConnection connection;

    private Session(String url, Properties properties, BaseConnection connection) {
        this.url = url;
        this.properties = properties;
        this.connection = connection;
    }

    /** Hears what statements answer, in order. */
    interface Listener {
        void rows(Rows rows);

        void tag(String tag);

        void notice(SqlFailure notice);
    }

    /**
     * Connects.
     *
     * @throws SQLException as the driver does
     */
    static Session open(String url) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "jdbc-pglite");
        properties.setProperty("preferQueryMode", "simple");
        return new Session(url, properties, connect(url, properties));
    }

    private static BaseConnection connect(String url, Properties properties) throws SQLException {
        Connection connection = DriverManager.getConnection(url, properties);
        return connection.unwrap(BaseConnection.class);
    }

    /**
     * Connects to another database of the cluster, as the same user, and leaves this one.
     *
     * @throws SQLException if it cannot be reached; the session is then what it was
     */
    void reconnect(String database) throws SQLException {
        if (url.startsWith("jdbc:pglite:temp:")) {
            throw new SQLException(
                    "temp: belongs to one connection; memory:NAME has several", "0A000");
        }
        // The database in a URL would win, so the URL goes without.
        Properties changed = new Properties();
        changed.putAll(properties);
        changed.setProperty("PGDBNAME", database);
        BaseConnection previous = connection;
        connection = connect(DatabaseInUrl.remove(url), changed);
        previous.close();
    }

    TransactionState transactionState() {
        return connection.getTransactionState();
    }

    /** Returns whether there is no server any more. */
    boolean isLost() throws SQLException {
        return connection.isClosed();
    }

    String database() throws SQLException {
        return connection.getCatalog();
    }

    String user() throws SQLException {
        return connection.getMetaData().getUserName();
    }

    boolean isSuperuser() {
        return "on".equals(connection.getParameterStatus("is_superuser"));
    }

    /** Asks PostgreSQL to end the statement that runs, if one does. Thread-safe. */
    void cancel() throws SQLException {
        connection.cancelQuery();
    }

    /**
     * Runs statements and waits for all their answers.
     *
     * @throws SQLException the first error of PostgreSQL, after what came before it was heard
     */
    void run(String sql, Listener listener) throws SQLException {
        QueryExecutor executor = connection.getQueryExecutor();
        Query query = executor.createQuery(sql, false, false).query;
        executor.execute(query, null, new Answers(listener, sql), 0, 0, FLAGS);
    }

    /** Runs one query and returns its rows; what else PostgreSQL says is not heard. */
    Rows query(String sql) throws SQLException {
        List<Rows> answers = new ArrayList<>();
        run(
                sql,
                new Listener() {
                    @Override
                    public void rows(Rows rows) {
                        answers.add(rows);
                    }

                    @Override
                    public void tag(String tag) {
                        // The query is ours, and its tag SELECT.
                    }

                    @Override
                    public void notice(SqlFailure notice) {
                        // Nor does it give occasion for notices.
                    }
                });
        return answers.get(0);
    }

    /** Hands pgjdbc's answers on. */
    private static final class Answers extends ResultHandlerBase {
        private final Listener listener;
        private final String sql;

        Answers(Listener listener, String sql) {
            this.listener = listener;
            this.sql = sql;
        }

        @Override
        public void handleResultRows(
                Query query, Field[] fields, List<Tuple> tuples, @Nullable ResultCursor cursor) {
            List<Rows.Column> columns = new ArrayList<>();
            for (Field field : fields) {
                columns.add(new Rows.Column(field.getColumnLabel(), field.getOID()));
            }
            List<List<@Nullable String>> rows = new ArrayList<>(tuples.size());
            for (Tuple tuple : tuples) {
                List<@Nullable String> row = new ArrayList<>(columns.size());
                for (int i = 0; i < columns.size(); i++) {
                    byte[] value = tuple.get(i);
                    row.add(value == null ? null : new String(value, UTF_8));
                }
                rows.add(row);
            }
            listener.rows(new Rows("", columns, rows));
        }

        @Override
        public void handleCommandStatus(String status, long updateCount, long insertOid) {
            listener.tag(status);
        }

        @Override
        public void handleWarning(SQLWarning warning) {
            listener.notice(SqlFailure.of(warning, sql));
        }
    }

    /**
     * Sends data for {@code COPY … FROM STDIN}.
     *
     * @return how many rows there were
     * @throws SQLException if PostgreSQL refuses the statement or the data
     * @throws IOException if the data cannot be read; nothing is copied then
     */
    long copyIn(String sql, InputStream data) throws SQLException, IOException {
        CopyIn copy = new CopyManager(connection).copyIn(sql);
        try {
            byte[] buffer = new byte[1 << 16];
            for (int count = data.read(buffer); count >= 0; count = data.read(buffer)) {
                copy.writeToCopy(buffer, 0, count);
            }
            return copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /**
     * Receives the data of {@code COPY … TO STDOUT}.
     *
     * @return how many rows there were
     */
    long copyOut(String sql, OutputStream data) throws SQLException, IOException {
        return new CopyManager(connection).copyOut(sql, data);
    }

    /** Returns what other sessions have notified this one of since the last call. */
    PGNotification[] notifications() throws SQLException {
        return connection.getNotifications();
    }

    /** Sets a password; PostgreSQL gets its verifier only, so that no log has it. */
    void setPassword(String role, char[] password) throws SQLException {
        connection.alterUserPassword(role, password, "scram-sha-256");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
