package io.github.jdbcpglite.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Cancellation, termination, timeouts and notifications. */
class SignalTest extends AbstractScenarioTest {
    private static final String ENDLESS = "select count(*) from generate_series(1, 100000000000)";

    private Session a;
    private Session b;

    @BeforeEach
    void openSessions() throws SQLException {
        a = session();
        b = session();
    }

    @Test
    void statementTimeoutEndsSleepAndComputation() throws SQLException {
        a.run("set statement_timeout = '80ms'");
        assertState("57014", () -> a.run("select pg_sleep(1000)"));
        assertState("57014", () -> a.run(ENDLESS));
        assertThat(a.value("select 1")).isEqualTo("1");
    }

    @Test
    void sleepDoesNotStopOthers() throws SQLException {
        Pending sleep = a.start("select pg_sleep(1000)");
        a.awaitWait(observer(), "Timeout");
        assertThat(b.value("select 1")).isEqualTo("1");
        assertThat(sleep.done()).isFalse();
        b.run("select pg_cancel_backend(" + a.pid() + ")");
        assertThat(sleep.failure()).isEqualTo("57014");
    }

    @Test
    void aComputationDoesNotStopOthersAndCanBeCancelled() throws SQLException {
        Pending endless = a.start(ENDLESS);
        Session.awaitRow(
                b, "select 1 from pg_stat_activity where state = 'active' and pid = " + a.pid());
        for (int i = 0; i < 20; i++) {
            assertThat(b.value("select " + i)).isEqualTo(Integer.toString(i));
        }
        assertThat(endless.done()).isFalse();
        b.run("select pg_cancel_backend(" + a.pid() + ")");
        assertThat(endless.failure()).isEqualTo("57014");
    }

    @Test
    void aClientCancelsALockWait() throws SQLException {
        b.run("create table t(i int)");
        b.run("begin; lock table t");
        try (Statement statement = a.connection().createStatement()) {
            Thread canceller =
                    new Thread(
                            () -> {
                                try {
                                    a.awaitWait(observer(), "Lock");
                                    statement.cancel();
                                } catch (SQLException e) {
                                    throw new AssertionError(e);
                                }
                            },
                            "scenario-cancel");
            canceller.start();
            assertState("57014", () -> statement.execute("select * from t"));
        }
    }

    @Test
    void queryTimeoutCancels() throws SQLException {
        try (Statement statement = a.connection().createStatement()) {
            statement.setQueryTimeout(1);
            assertState("57014", () -> statement.execute(ENDLESS));
        }
        assertThat(a.value("select 1")).isEqualTo("1");
    }

    @Test
    void terminationOfAnIdleTransactionFreesItsLocks() throws SQLException {
        a.run("create table t(i int)");
        a.run("begin; lock table t");
        Pending waiting = b.start("insert into t values (1) returning i");
        b.awaitWait(observer(), "Lock");
        observer().run("select pg_terminate_backend(" + a.pid() + ")");
        assertThat(waiting.rows()).containsExactly("1");
        assertState("57P01", () -> a.run("select 1"));
    }

    @Test
    void idleTransactionTimeoutEndsTheSession() throws SQLException {
        a.run("create table t(i int); set idle_in_transaction_session_timeout = '80ms'");
        a.run("begin; lock table t");
        b.run("insert into t values (1)");
        assertState("25P03", () -> a.run("select 1"));
    }

    @Test
    void aClientThatVanishesLosesItsTransaction() throws SQLException {
        a.run("create table t(i int)");
        a.run("begin; lock table t");
        a.connection().abort(Runnable::run);
        b.run("insert into t values (1)");
        Session.awaitRow(
                b,
                "select 1 where not exists (select from pg_stat_activity where pid = "
                        + a.pid()
                        + ")");
    }

    @Test
    void notificationsArriveAfterCommitWhileIdle() throws SQLException {
        a.run("listen news");
        b.run("begin; notify news, 'first'");
        PGConnection listener = a.connection().unwrap(PGConnection.class);
        assertThat(listener.getNotifications()).isNullOrEmpty();
        b.run("commit");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Session.DEADLINE_SECONDS);
        PGNotification[] received = listener.getNotifications(1000);
        while ((received == null || received.length == 0) && System.nanoTime() < deadline) {
            received = listener.getNotifications(1000);
        }
        assertThat(received).hasSize(1);
        assertThat(received[0].getName()).isEqualTo("news");
        assertThat(received[0].getParameter()).isEqualTo("first");
        assertThat(received[0].getPID()).isEqualTo(b.pid());
    }

    @Test
    void endlessRecursionIsAnErrorOfPostgresql() throws SQLException {
        a.run(
                "create function f(i int) returns int language plpgsql as"
                        + " 'begin return f(i + 1); end'");
        assertState("54001", () -> a.run("select f(1)"));
        assertThat(a.value("select 1")).isEqualTo("1");
    }

    @Test
    void databasesAreCreatedUsedAndDropped() throws SQLException {
        a.run("create database second");
        try (Session inside = Session.open(url().replace("?", "/second?"))) {
            inside.run("create table only_here(i int)");
            assertThat(inside.value("select current_database()")).isEqualTo("second");
            assertState("55006", () -> a.run("drop database second"));
            a.run("drop database second with (force)");
            assertState("57P01", () -> inside.run("select 1"));
        }
        assertState("42P01", () -> a.run("select * from only_here"));
    }
}
