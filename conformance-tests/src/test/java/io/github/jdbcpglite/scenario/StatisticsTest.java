package io.github.jdbcpglite.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What PostgreSQL's statistics say about work that is known. */
class StatisticsTest extends AbstractScenarioTest {
    private static final String FLUSH = "select pg_stat_force_next_flush()";

    private Session a;
    private Session b;

    @Override
    String options() {
        return "&pglite.postgres.max_prepared_transactions=10";
    }

    @BeforeEach
    void openSessions() throws SQLException {
        a = session();
        b = session();
    }

    @Test
    void countersOfATableAreWhatWasDone() throws SQLException {
        a.run("create table t(i int primary key, v int) with (autovacuum_enabled = off)");
        a.run("insert into t select g, 0 from generate_series(1, 100) g");
        a.run("update t set v = 1 where i <= 30");
        a.run("delete from t where i > 90");
        a.run("begin; insert into t values (1000, 1); rollback");
        a.run("select count(*) from t");
        a.run(FLUSH);
        Session.awaitRow(
                b,
                "select 1 from pg_stat_user_tables where relname = 't' and n_tup_ins = 101 and"
                        + " n_tup_upd = 30 and n_tup_del = 10 and n_live_tup = 90 and n_dead_tup ="
                        + " 41 and seq_scan >= 1");
    }

    @Test
    void activityShowsTheStatesOfASession() throws SQLException {
        assertThat(state()).isEqualTo("idle");
        a.run("begin");
        assertThat(state()).isEqualTo("idle in transaction");
        assertState("22012", () -> a.run("select 1/0"));
        assertThat(state()).isEqualTo("idle in transaction (aborted)");
        a.run("rollback");
        Pending sleep = a.start("select pg_sleep(1000)");
        a.awaitWait(observer(), "Timeout");
        assertThat(state()).isEqualTo("active");
        b.run("select pg_cancel_backend(" + a.pid() + ")");
        assertThat(sleep.failure()).isEqualTo("57014");
    }

    private String state() throws SQLException {
        return b.value("select state from pg_stat_activity where pid = " + a.pid());
    }

    @Test
    void databaseAndWalCountersGrowByWhatWasDone() throws SQLException {
        a.run("create table t(i int)");
        a.run(FLUSH);
        String before =
                b.value(
                        "select xact_commit, xact_rollback, (select wal_records from pg_stat_wal)"
                                + " from pg_stat_database where datname = current_database()");
        String[] old = before.split(",", -1);
        for (int i = 0; i < 10; i++) {
            a.run("insert into t values (" + i + ")");
        }
        a.run("begin; insert into t values (0); rollback");
        a.run(FLUSH);
        Session.awaitRow(
                b,
                "select 1 from pg_stat_database where datname = current_database() and xact_commit"
                        + " >= 10 + "
                        + old[0]
                        + " and xact_rollback >= 1 + "
                        + old[1]
                        + " and (select wal_records from pg_stat_wal) >= 20 + "
                        + old[2]);
    }

    @Test
    void aPreparedTransactionSurvivesItsSession() throws SQLException {
        b.run("create table t(i int)");
        try (Session gone = Session.open(url())) {
            gone.run("begin; insert into t values (1); prepare transaction 'left'");
        }
        assertThat(b.value("select count(*) from t")).isEqualTo("0");
        assertThat(b.value("select gid from pg_prepared_xacts")).isEqualTo("left");
        b.run("set lock_timeout = '50ms'");
        assertState("55P03", () -> b.run("drop table t"));
        b.run("commit prepared 'left'");
        assertThat(b.value("select count(*) from t")).isEqualTo("1");
    }
}
