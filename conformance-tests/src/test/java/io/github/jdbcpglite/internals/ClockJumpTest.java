package io.github.jdbcpglite.internals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.jdbcpglite.engine.HostFunction;
import io.github.jdbcpglite.jdbc.Drivers;
import io.github.jdbcpglite.postgres.internal.opening.EmbeddedClusters;
import io.github.jdbcpglite.sql.Rows;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The machine's clock is set while a cluster runs: PostgreSQL's time follows it, and what waits for
 * an amount of time does not notice.
 */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClockJumpTest {
    private static final long DEADLINE_SECONDS = 60;
    private static final String LOCK = "select pg_advisory_lock(17)";

    private final AtomicLong jumpMillis = new AtomicLong();
    private final Driver driver = Drivers.of(EmbeddedClusters.intercepted(this::jumping));
    private final List<Connection> sessions = new ArrayList<>();

    private HostFunction jumping(String name, HostFunction function) {
        if (!name.equals("emscripten_date_now")) {
            return function;
        }
        return (caller, args) -> {
            double now = Double.longBitsToDouble(function.call(caller, args));
            return Double.doubleToRawLongBits(now + jumpMillis.get());
        };
    }

    private Connection session(String... statements) throws SQLException {
        Connection session =
                driver.connect(
                        "jdbc:pglite:memory:clock?pglite.close=last"
                                + "&pglite.postgres.autovacuum_naptime=1s",
                        new Properties());
        sessions.add(session);
        for (String sql : statements) {
            Rows.of(session, sql, ",");
        }
        return session;
    }

    @AfterEach
    void closeSessions() throws SQLException {
        for (Connection session : sessions) {
            session.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"P1D", "-P1D"})
    void timeFollowsTheClockAndTimeoutsDoNot(String jump) throws Exception {
        Connection holder = session(LOCK);
        // The check for deadlocks is a timer too, and the one that would look at the others.
        Connection waiting =
                session(
                        "set deadlock_timeout = '1h'",
                        "set statement_timeout = '10min'; set lock_timeout = '9min'");
        Connection idle = session("set idle_session_timeout = '10min'");
        Connection inTransaction =
                session("set idle_in_transaction_session_timeout = '10min'", "begin");
        FutureTask<List<String>> wait = new FutureTask<>(() -> Rows.of(waiting, LOCK, ","));
        new Thread(wait, "clock-jump-waiting").start();
        awaitRow(holder, "select 1 from pg_locks where locktype = 'advisory' and not granted");

        jumpMillis.set(Duration.parse(jump).toMillis());

        Instant expected = Instant.now().plus(Duration.parse(jump));
        Instant now =
                Instant.parse(one(holder, "select to_json(now() at time zone 'utc')#>>'{}'") + "Z");
        assertThat(Duration.between(expected, now).abs()).isLessThan(Duration.ofHours(1));
        assertTimeoutsWork();
        assertThat(wait.isDone()).isFalse();
        assertThat(one(idle, "select 1")).isEqualTo("1");
        assertThat(one(inTransaction, "select 1")).isEqualTo("1");
        assertThat(one(holder, "select pg_advisory_unlock(17)")).isEqualTo("t");
        assertThat(wait.get(DEADLINE_SECONDS, TimeUnit.SECONDS)).hasSize(1);
    }

    private void assertTimeoutsWork() throws SQLException {
        Connection fresh = session("set statement_timeout = '50ms'");
        assertFails("57014", fresh, "select pg_sleep(3600)");
        assertFails("57014", fresh, "select count(*) from generate_series(1, 100000000000)");
        Rows.of(fresh, "reset statement_timeout; set lock_timeout = '50ms'", ",");
        assertFails("55P03", fresh, LOCK);
        assertThat(one(fresh, "select pg_sleep(0.05) is null")).isEqualTo("f");
        int pid = Integer.parseInt(one(fresh, "select pg_backend_pid()"));
        Rows.of(fresh, "set idle_session_timeout = '50ms'", ",");
        Connection observer = session();
        awaitRow(
                observer,
                "select 1 where not exists (select from pg_stat_activity where pid = " + pid + ")");
        assertFails("57P05", fresh, "select 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"P1D"})
    void autovacuumGoesOn(String jump) throws Exception {
        Connection session = session("create table t(i int)", "insert into t values (1)");
        awaitRow(
                session,
                "select 1 from pg_stat_activity where backend_type = 'autovacuum launcher'");

        jumpMillis.set(Duration.parse(jump).toMillis());

        Rows.of(session, "insert into t select generate_series(1, 5000)", ",");
        awaitRow(session, "select 1 from pg_stat_user_tables where autoanalyze_count > 0");
    }

    private static void assertFails(String state, Connection session, String sql) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> Rows.of(session, sql, ","))
                .satisfies(e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(state));
    }

    private static String one(Connection session, String sql) throws SQLException {
        return Rows.one(session, sql, ",");
    }

    private static void awaitRow(Connection session, String sql) throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (Rows.of(session, sql, ",").isEmpty()) {
            assertThat(System.nanoTime() - deadline).as("never true: %s", sql).isNegative();
        }
    }
}
