package io.github.jdbcpglite.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * PostgreSQL's timeouts and cancellation, in statements that wait and in statements that compute.
 */
class TimeoutTest extends AbstractScenarioTest {
    private static final String SLEEP = "select pg_sleep(1000)";
    private static final String COMPUTE = "select count(*) from generate_series(1, 100000000000)";

    private Session a;
    private Session b;

    @BeforeEach
    void openSessions() throws SQLException {
        a = session();
        b = session();
        a.run("create table t(i int)");
    }

    @ParameterizedTest
    @ValueSource(strings = {SLEEP, COMPUTE, "lock table t"})
    void statementTimeoutEndsTheStatement(String statement) throws SQLException {
        b.run("begin; lock table t");
        a.run("set statement_timeout = '80ms'; begin");
        assertState("57014", () -> a.run(statement));
        a.run("rollback");
        assertThat(a.value("select 1")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {SLEEP, COMPUTE, "select * from t"})
    void transactionTimeoutEndsTheSession(String statement) throws SQLException {
        b.run("create table u(i int)");
        a.run("set transaction_timeout = '150ms'; begin; lock table u");
        Pending waiting = b.start("insert into u values (1) returning i");
        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < 1_000_000; i++) {
                                a.run(statement);
                            }
                        })
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("25P04"));
        assertThat(waiting.rows()).containsExactly("1");
    }

    @Test
    void idleSessionTimeoutEndsTheSession() throws SQLException {
        a.run("set idle_session_timeout = '80ms'");
        awaitEnd(a);
        assertState("57P05", () -> a.run("select 1"));
    }

    @Test
    void terminationEndsAComputation() throws SQLException {
        Pending endless = a.start(COMPUTE);
        awaitActive(a);
        assertThat(b.value("select pg_terminate_backend(" + a.pid() + ")")).isEqualTo("t");
        assertThat(endless.failure()).isEqualTo("57P01");
        awaitEnd(a);
    }

    @Test
    void anInterruptedClientHarmsNobody() throws Exception {
        AtomicReference<String> answer = new AtomicReference<>();
        Thread client =
                new Thread(
                        () -> {
                            try {
                                answer.set(
                                        a.value(
                                                "select pg_advisory_lock(5)::text || 'x' from"
                                                        + " pg_sleep(0)"));
                            } catch (SQLException e) {
                                answer.set(e.getSQLState());
                            }
                        },
                        "scenario-interrupted");
        b.run("select pg_advisory_lock(5)");
        client.start();
        a.awaitWait(observer(), "Lock");
        for (int i = 0; i < 20; i++) {
            client.interrupt();
            assertThat(b.value("select 7")).isEqualTo("7");
        }
        b.run("select pg_advisory_unlock(5)");
        client.join(Session.DEADLINE_SECONDS * 1000);
        assertThat(client.isAlive()).isFalse();
        assertThat(answer.get()).isNotNull();
        assertThat(b.value("select pg_try_advisory_lock(6)")).isEqualTo("t");
    }

    @Test
    void aNetworkTimeoutEndsTheBackendAndItsLocksGo() throws SQLException {
        a.run("begin; lock table t");
        a.connection().setNetworkTimeout(Runnable::run, 200);
        // As in a server, a statement that neither reads nor writes goes on to its end first.
        assertThatThrownBy(() -> a.run("select pg_sleep(1)")).isInstanceOf(SQLException.class);
        b.run("insert into t values (1)");
        awaitEnd(a);
    }

    private void awaitActive(Session session) throws SQLException {
        Session.awaitRow(
                observer(),
                "select 1 from pg_stat_activity where state = 'active' and pid = " + session.pid());
    }

    private void awaitEnd(Session session) throws SQLException {
        Session.awaitRow(
                observer(),
                "select 1 where not exists (select from pg_stat_activity where pid = "
                        + session.pid()
                        + ")");
    }
}
