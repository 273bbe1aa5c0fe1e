package io.github.jdbcpglite.scenario;

import io.github.jdbcpglite.sql.Rows;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** One JDBC connection, whose statements may run on a thread of its own. */
final class Session implements AutoCloseable {
    static final long DEADLINE_SECONDS = 60;

    private final Connection connection;
    private final int pid;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "scenario-session"));

    private Session(Connection connection) throws SQLException {
        this.connection = connection;
        this.pid = Integer.parseInt(value("select pg_backend_pid()"));
    }

    static Session open(String url) throws SQLException {
        Connection connection = DriverManager.getConnection(url);
        try {
            return new Session(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    Connection connection() {
        return connection;
    }

    int pid() {
        return pid;
    }

    /** Runs a statement; returns its rows with columns joined by a comma, or nothing. */
    List<String> rows(String sql) throws SQLException {
        return Rows.of(connection, sql, ",");
    }

    void run(String sql) throws SQLException {
        rows(sql);
    }

    String value(String sql) throws SQLException {
        return Rows.one(connection, sql, ",");
    }

    /** Starts a statement on the session's own thread. */
    Pending start(String sql) {
        return new Pending(sql, thread.submit(() -> rows(sql)));
    }

    /** Waits until this session waits for an event of a type, as another session sees it. */
    void awaitWait(Session observer, String waitEventType) throws SQLException {
        awaitRow(
                observer,
                "select 1 from pg_stat_activity where pid = "
                        + pid
                        + " and wait_event_type = '"
                        + waitEventType
                        + "' and state = 'active'");
    }

    /** Polls until a query of the observer returns a row. */
    static void awaitRow(Session observer, String query) throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (observer.rows(query).isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "never true: "
                                + query
                                + "; activity: "
                                + observer.rows(
                                        "select pid, state, wait_event_type, wait_event, query"
                                                + " from pg_stat_activity"));
            }
        }
    }

    @Override
    public void close() throws SQLException {
        thread.shutdownNow();
        connection.close();
    }
}
