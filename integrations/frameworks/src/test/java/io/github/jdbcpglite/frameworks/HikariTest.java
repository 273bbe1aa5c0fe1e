package io.github.jdbcpglite.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pool with its defaults, which opens ten connections. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class HikariTest {
    private static HikariDataSource pool(String name) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:pglite:memory:" + name);
        return new HikariDataSource(config);
    }

    @Test
    void givesTenBackendsAndCountsWithoutLoss() throws Exception {
        try (HikariDataSource pool = pool("hikari")) {
            execute(pool, "CREATE TABLE counter (n int)", "INSERT INTO counter VALUES (0)");
            Set<Integer> backends = new HashSet<>();
            AtomicInteger number = new AtomicInteger();
            ExecutorService threads =
                    Executors.newFixedThreadPool(
                            10, task -> new Thread(task, "hikari-" + number.incrementAndGet()));
            for (int i = 0; i < 100; i++) {
                threads.execute(
                        () -> {
                            try (Connection connection = pool.getConnection();
                                    Statement statement = connection.createStatement();
                                    ResultSet row =
                                            statement.executeQuery(
                                                    "UPDATE counter SET n = n + 1"
                                                            + " RETURNING pg_backend_pid()")) {
                                row.next();
                                synchronized (backends) {
                                    backends.add(row.getInt(1));
                                }
                            } catch (SQLException e) {
                                throw new IllegalStateException(e);
                            }
                        });
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(100, TimeUnit.SECONDS)).isTrue();
            assertThat(number(pool, "SELECT n FROM counter")).isEqualTo(100);
            assertThat(backends).hasSizeBetween(2, 10);
        }
    }

    @Test
    void replacesConnectionThatWasTerminated() throws SQLException {
        try (HikariDataSource pool = pool("hikari-terminated")) {
            execute(
                    pool,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
            for (int i = 0; i < 12; i++) {
                assertThat(number(pool, "SELECT 1")).isOne();
            }
        }
    }

    @Test
    void resetsWhatABorrowerChanged() throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:pglite:memory:hikari-reset");
        config.setMaximumPoolSize(1);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            try (Connection connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                connection.setReadOnly(true);
                connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            }
            try (Connection connection = pool.getConnection()) {
                assertThat(connection.getAutoCommit()).isTrue();
                assertThat(connection.isReadOnly()).isFalse();
                assertThat(connection.getTransactionIsolation())
                        .isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
            }
        }
    }

    private static void execute(HikariDataSource pool, String... statements) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static int number(HikariDataSource pool, String query) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getInt(1);
        }
    }
}
