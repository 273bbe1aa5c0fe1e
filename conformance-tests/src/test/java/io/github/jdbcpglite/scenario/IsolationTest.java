package io.github.jdbcpglite.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What transactions see of each other. */
class IsolationTest extends AbstractScenarioTest {
    private Session a;
    private Session b;

    @Override
    String options() {
        return "&pglite.postgres.max_prepared_transactions=10";
    }

    @BeforeEach
    void createAccounts() throws SQLException {
        a = session();
        b = session();
        a.run("create table account(id int primary key, balance int)");
        a.run("insert into account values (1, 100), (2, 200)");
    }

    @Test
    void sessionsAreProcessesOfTheirOwn() throws SQLException {
        assertThat(a.pid()).isNotEqualTo(b.pid());
        assertThat(
                        a.value(
                                "select count(*) from pg_stat_activity where pid in ("
                                        + a.pid()
                                        + ","
                                        + b.pid()
                                        + ")"))
                .isEqualTo("2");
    }

    @Test
    void changesAreSeenOnlyAfterCommit() throws SQLException {
        a.run("begin; update account set balance = 0 where id = 1");
        assertThat(b.value("select balance from account where id = 1")).isEqualTo("100");
        a.run("commit");
        assertThat(b.value("select balance from account where id = 1")).isEqualTo("0");
    }

    @Test
    void rolledBackChangesAreNeverSeen() throws SQLException {
        a.run("begin; delete from account");
        a.run("rollback");
        assertThat(b.value("select count(*) from account")).isEqualTo("2");
    }

    @Test
    void repeatableReadKeepsItsSnapshotAndRefusesToOverwrite() throws SQLException {
        a.run("begin isolation level repeatable read");
        assertThat(a.value("select sum(balance) from account")).isEqualTo("300");
        b.run("update account set balance = 1 where id = 1");
        assertThat(a.value("select sum(balance) from account")).isEqualTo("300");
        assertState("40001", () -> a.run("update account set balance = 2 where id = 1"));
        a.run("rollback");
    }

    @Test
    void serializableRefusesWriteSkew() throws SQLException {
        for (Session session : new Session[] {a, b}) {
            session.run("begin isolation level serializable");
            assertThat(session.value("select sum(balance) from account")).isEqualTo("300");
        }
        a.run("update account set balance = balance - 150 where id = 1");
        b.run("update account set balance = balance - 150 where id = 2");
        a.run("commit");
        assertState("40001", () -> b.run("commit"));
    }

    @Test
    void anErrorLeavesTheOtherTransactionAlone() throws SQLException {
        a.run("begin; insert into account values (3, 300)");
        b.run("begin; insert into account values (4, 400)");
        assertState("22012", () -> b.run("select 1/0"));
        assertState("25P02", () -> b.run("select 1"));
        assertThat(a.value("select count(*) from account")).isEqualTo("3");
        b.run("rollback");
        a.run("commit");
        assertThat(b.value("select count(*) from account")).isEqualTo("3");
    }

    @Test
    void temporaryTablesSettingsAndCursorsArePrivate() throws SQLException {
        a.run("create temp table scratch as select 1 as x");
        a.run("set work_mem = '2MB'; set search_path = pg_catalog");
        a.run("begin; declare c cursor for select generate_series(1, 3)");
        a.run("prepare p as select 7");
        assertState("42P01", () -> b.run("select * from scratch"));
        assertState("34000", () -> b.run("fetch c"));
        assertState("26000", () -> b.run("execute p"));
        assertThat(b.value("show work_mem")).isEqualTo("4MB");
        assertThat(a.rows("fetch 2 from c")).containsExactly("1", "2");
        assertThat(a.value("execute p")).isEqualTo("7");
        a.run("rollback");
    }

    @Test
    void schemaChangesReachOtherSessionsAndTheirPlans() throws SQLException {
        b.run("prepare q as select * from account where id = 1");
        assertThat(b.value("execute q")).isEqualTo("1,100");
        a.run("alter table account alter balance type text using balance || '!'");
        assertState("0A000", () -> b.run("execute q"));
        assertThat(b.value("select balance from account where id = 1")).isEqualTo("100!");
        a.run("create index on account(balance)");
        a.run("create function one() returns int language sql as 'select 1'");
        assertThat(b.value("select one()")).isEqualTo("1");
    }

    @Test
    void manyInvalidationsOverflowTheQueueAndAreCaughtUp() throws SQLException {
        b.run("select * from account");
        a.run(
                "do $$ begin for i in 1..600 loop execute format('create table m%s(i int)', i);"
                        + " end loop; end $$");
        a.run("alter table account add column note text default 'new'");
        assertThat(b.value("select note from account where id = 1")).isEqualTo("new");
        assertThat(b.value("select count(*) from m600")).isEqualTo("0");
    }

    @Test
    void proceduralCodeRunsInBoth() throws SQLException {
        a.run(
                "create table log(v text); create function note() returns trigger language plpgsql"
                    + " as $$ begin insert into log values (tg_op || new.id); return new; end $$;"
                    + " create trigger t after insert or update on account for each row execute"
                    + " function note()");
        String guarded =
                "do $$ begin perform 1/0; exception when division_by_zero then insert into log"
                        + " values ('caught'); end $$";
        a.run(guarded);
        b.run(guarded);
        a.run("insert into account values (5, 5)");
        b.run("update account set balance = 6 where id = 5");
        assertThat(b.rows("select v from log order by v"))
                .containsExactly("INSERT5", "UPDATE5", "caught", "caught");
    }

    @Test
    void twoPhaseCommitFinishesInAnotherSession() throws SQLException {
        a.run("begin; insert into account values (9, 9); prepare transaction 'tx9'");
        assertThat(b.value("select count(*) from account")).isEqualTo("2");
        b.run("commit prepared 'tx9'");
        assertThat(a.value("select count(*) from account")).isEqualTo("3");
        a.run("begin; delete from account; prepare transaction 'tx10'");
        b.run("rollback prepared 'tx10'");
        assertThat(a.value("select count(*) from account")).isEqualTo("3");
    }
}
