package io.github.jdbcpglite.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.jdbc.PGliteConnectionPoolDataSource;
import io.github.jdbcpglite.jdbc.PGliteDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Connections as backends of their own: coming, going, waiting, refused, cancelled. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConnectionsTest {
    @Test
    void twoConnectionsAreTwoBackendsWithTheirOwnTransactions() throws SQLException {
        try (Connection one = Sql.connect();
                Connection two = Sql.connect()) {
            assertThat(Sql.value(one, "select pg_backend_pid()"))
                    .isNotEqualTo(Sql.value(two, "select pg_backend_pid()"));
            Sql.run(one, "drop table if exists seen", "create table seen (n int)");
            one.setAutoCommit(false);
            Sql.run(one, "insert into seen values (1)");
            assertThat(Sql.value(two, "select count(*) from seen")).isEqualTo("0");
            one.commit();
            assertThat(Sql.value(two, "select count(*) from seen")).isEqualTo("1");
            one.setAutoCommit(true);
            Sql.run(one, "drop table seen");
        }
    }

    @Test
    void aRowLockWaitsForTheOthersCommit() throws Exception {
        ExecutorService thread =
                Executors.newSingleThreadExecutor(task -> new Thread(task, "test"));
        try (Connection one = Sql.connect();
                Connection two = Sql.connect();
                Connection watcher = Sql.connect()) {
            Sql.run(one, "drop table if exists locked", "create table locked as select 1 as n");
            one.setAutoCommit(false);
            Sql.run(one, "update locked set n = n + 1");
            String pid = Sql.value(two, "select pg_backend_pid()");
            Future<?> update =
                    thread.submit(() -> runUnchecked(two, "update locked set n = n * 10"));
            String waiting =
                    "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and pid ="
                            + " "
                            + pid;
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!Sql.value(watcher, waiting).equals("1")) {
                assertThat(System.nanoTime()).isLessThan(deadline);
            }
            assertThat(update.isDone()).isFalse();
            one.commit();
            update.get(60, TimeUnit.SECONDS);
            assertThat(Sql.value(two, "select n from locked")).isEqualTo("20");
            Sql.run(two, "drop table locked");
        } finally {
            thread.shutdown();
        }
    }

    @Test
    void aHundredAtOnceAgainstASmallerLimit() throws Exception {
        String url = "jdbc:pglite:memory:limited?pglite.maxBackends=10";
        CyclicBarrier start = new CyclicBarrier(100);
        ExecutorService threads =
                Executors.newFixedThreadPool(100, task -> new Thread(task, "test"));
        List<Future<Connection>> attempts = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            attempts.add(
                    threads.submit(
                            () -> {
                                start.await(60, TimeUnit.SECONDS);
                                return DriverManager.getConnection(url);
                            }));
        }
        List<Connection> open = new ArrayList<>();
        Set<String> refusals = new HashSet<>();
        for (Future<Connection> attempt : attempts) {
            try {
                open.add(attempt.get(100, TimeUnit.SECONDS));
            } catch (ExecutionException e) {
                refusals.add(((SQLException) e.getCause()).getSQLState());
            }
        }
        threads.shutdown();
        assertThat(open).hasSizeBetween(1, 10);
        assertThat(refusals).containsExactly("53300");
        for (Connection connection : open) {
            assertThat(Sql.value(connection, "select 1")).isEqualTo("1");
            connection.close();
        }
    }

    @Test
    void refusalsArePostgresqlsOwn() {
        assertThat(stateOf("jdbc:pglite:?user=nobody_here&password=wrong")).isEqualTo("28000");
        assertThat(stateOf("jdbc:pglite:memory:/no_such_database")).isEqualTo("3D000");
        assertThat(stateOf("jdbc:pglite:?options=-c%20no_such_setting=1")).isEqualTo("42704");
        assertThat(stateOf("jdbc:pglite:nonsense://x")).isEqualTo("08001");
        assertThat(stateOf("jdbc:pglite:?pglite.foo=1")).isEqualTo("08001");
        assertThat(stateOf("jdbc:pglite:?pglite.maxBackends=x")).isEqualTo("22023");
    }

    @Test
    void otherDatabasesAndRolesOfOneCluster() throws SQLException {
        try (Connection admin = Sql.connect()) {
            Sql.run(
                    admin,
                    "drop database if exists sales",
                    "drop role if exists clerk",
                    "create role clerk login",
                    "create database sales owner clerk");
            try (Connection clerk =
                    DriverManager.getConnection("jdbc:pglite:memory:/sales", "clerk", "x")) {
                assertThat(Sql.value(clerk, "select current_user || '@' || current_database()"))
                        .isEqualTo("clerk@sales");
            }
            try (Connection again =
                    DriverManager.getConnection("jdbc:pglite:?database=sales&user=clerk")) {
                assertThat(again.getCatalog()).isEqualTo("sales");
            }
        }
    }

    @Test
    void aClosedConnectionSaysSo() throws SQLException {
        Connection connection = Sql.connect();
        Statement statement = connection.createStatement();
        connection.close();
        connection.close();
        assertThat(connection.isClosed()).isTrue();
        assertThat(connection.isValid(1)).isFalse();
        assertThat(Sql.failureOf(connection::createStatement).getSQLState()).isEqualTo("08003");
        assertThat(Sql.failureOf(() -> statement.execute("select 1")).getSQLState())
                .isIn("08003", "55000");
    }

    @Test
    void aStatementCanBeCancelledByTimeAndByHand() throws Exception {
        ExecutorService thread =
                Executors.newSingleThreadExecutor(task -> new Thread(task, "test"));
        try (Connection connection = Sql.connect();
                Connection watcher = Sql.connect();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThat(Sql.failureOf(() -> statement.execute("select pg_sleep(100)")).getSQLState())
                    .isEqualTo("57014");
            statement.setQueryTimeout(0);
            String pid = Sql.value(connection, "select pg_backend_pid()");
            Future<?> sleeping = thread.submit(() -> stateOf(statement, "select pg_sleep(100)"));
            String active =
                    "select count(*) from pg_stat_activity where wait_event = 'PgSleep' and pid = "
                            + pid;
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!Sql.value(watcher, active).equals("1")) {
                assertThat(System.nanoTime()).isLessThan(deadline);
            }
            statement.cancel();
            assertThat(sleeping.get(60, TimeUnit.SECONDS)).isEqualTo("57014");
            assertThat(Sql.value(connection, "select 1")).isEqualTo("1");
        } finally {
            thread.shutdown();
        }
    }

    @Test
    void abortUnblocksAQuery() throws Exception {
        ExecutorService thread =
                Executors.newSingleThreadExecutor(task -> new Thread(task, "test"));
        try (Connection connection = Sql.connect();
                Statement statement = connection.createStatement()) {
            Future<?> sleeping = thread.submit(() -> stateOf(statement, "select pg_sleep(3)"));
            connection.abort(Runnable::run);
            assertThat((String) sleeping.get(60, TimeUnit.SECONDS)).isNotEmpty();
            assertThat(connection.isClosed()).isTrue();
        } finally {
            thread.shutdown();
        }
    }

    @Test
    void aNetworkTimeoutEndsAWait() throws SQLException {
        try (Connection connection = Sql.connect()) {
            connection.setNetworkTimeout(Runnable::run, 200);
            assertThat(Sql.failureOf(() -> Sql.run(connection, "select pg_sleep(2)")).getSQLState())
                    .startsWith("08");
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void validityIsAskedOfTheBackend() throws SQLException {
        try (Connection connection = Sql.connect();
                Connection other = Sql.connect()) {
            assertThat(connection.isValid(5)).isTrue();
            String pid = Sql.value(connection, "select pg_backend_pid()");
            assertThat(Sql.value(other, "select pg_terminate_backend(" + pid + ", 10000)"))
                    .isEqualTo("t");
            assertThat(connection.isValid(5)).isFalse();
        }
    }

    @Test
    void notificationsArriveWithoutAsking() throws SQLException {
        try (Connection listener = Sql.connect();
                Connection sender = Sql.connect()) {
            PGConnection pg = listener.unwrap(PGConnection.class);
            Sql.run(listener, "listen news");
            assertThat(pg.getNotifications()).isEmpty();
            Sql.run(sender, "notify news, 'hello'");
            PGNotification[] received = pg.getNotifications(30_000);
            assertThat(received).hasSize(1);
            assertThat(received[0].getName()).isEqualTo("news");
            assertThat(received[0].getParameter()).isEqualTo("hello");
            assertThat(received[0].getPID())
                    .isEqualTo(sender.unwrap(PGConnection.class).getBackendPID());
        }
    }

    @Test
    void dataSourcesPlainAndPooled() throws SQLException {
        PGliteDataSource plain = new PGliteDataSource();
        plain.setProperty("ApplicationName", "pool test");
        try (Connection connection = plain.getConnection()) {
            assertThat(Sql.value(connection, "show application_name")).isEqualTo("pool test");
        }
        PooledConnection pooled = new PGliteConnectionPoolDataSource().getPooledConnection();
        List<String> events = new ArrayList<>();
        pooled.addConnectionEventListener(
                new ConnectionEventListener() {
                    @Override
                    public void connectionClosed(ConnectionEvent event) {
                        events.add("closed");
                    }

                    @Override
                    public void connectionErrorOccurred(ConnectionEvent event) {
                        events.add("error");
                    }
                });
        String pid;
        try (Connection handle = pooled.getConnection()) {
            pid = Sql.value(handle, "select pg_backend_pid()");
        }
        assertThat(events).containsExactly("closed");
        try (Connection handle = pooled.getConnection()) {
            assertThat(Sql.value(handle, "select pg_backend_pid()")).isEqualTo(pid);
        }
        pooled.close();
    }

    @Test
    void theUrlOfPgjdbcReachesTheSameCluster() throws SQLException {
        String url;
        try (Connection one =
                DriverManager.getConnection(
                        "jdbc:pglite:memory:two-ways?pglite.metadataUrl=postgresql")) {
            url = one.getMetaData().getURL();
            assertThat(url).startsWith("jdbc:postgresql://pglite/postgres?");
            Sql.run(one, "drop table if exists two_ways", "create table two_ways as select 7 as n");
        }
        try (Connection two = DriverManager.getConnection(url, "postgres", "")) {
            assertThat(Sql.value(two, "select n from two_ways")).isEqualTo("7");
            Sql.run(two, "drop table two_ways");
        }
    }

    @Test
    void fiftyOpenedAndClosedLeaveNoBackend() throws SQLException {
        for (int i = 0; i < 50; i++) {
            try (Connection connection = Sql.connect("ApplicationName=fifty")) {
                assertThat(Sql.value(connection, "select 1")).isEqualTo("1");
            }
        }
        try (Connection watcher = Sql.connect()) {
            String left = "select count(*) from pg_stat_activity where application_name = 'fifty'";
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (!Sql.value(watcher, left).equals("0")) {
                assertThat(System.nanoTime()).isLessThan(deadline);
            }
        }
    }

    private static String stateOf(String url) {
        return Sql.failureOf(() -> DriverManager.getConnection(url).close()).getSQLState();
    }

    private static String stateOf(Statement statement, String sql) {
        return Sql.failureOf(() -> statement.execute(sql)).getSQLState();
    }

    private static void runUnchecked(Connection connection, String sql) {
        try {
            Sql.run(connection, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
