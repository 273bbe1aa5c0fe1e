package io.github.jdbcpglite.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How sessions wait for each other's locks. */
class LockTest extends AbstractScenarioTest {
    private Session a;
    private Session b;

    @BeforeEach
    void createItems() throws SQLException {
        a = session();
        b = session();
        a.run("create table item(id int primary key, v int)");
        a.run("insert into item select g, 0 from generate_series(1, 3) g");
    }

    @Test
    void aRowLockWaitEndsWithTheOthersCommit() throws SQLException {
        a.run("begin; update item set v = 1 where id = 1");
        Pending update = b.start("update item set v = v + 10 where id = 1 returning v");
        b.awaitWait(observer(), "Lock");
        assertThat(update.done()).isFalse();
        a.run("commit");
        assertThat(update.rows()).containsExactly("11");
    }

    @Test
    void aRowLockWaitEndsWithTheOthersRollback() throws SQLException {
        a.run("begin; update item set v = 1 where id = 1");
        Pending update = b.start("update item set v = v + 10 where id = 1 returning v");
        b.awaitWait(observer(), "Lock");
        a.run("rollback");
        assertThat(update.rows()).containsExactly("10");
    }

    @Test
    void aUniqueKeyWaitEndsInAViolation() throws SQLException {
        a.run("begin; insert into item values (9, 1)");
        Pending insert = b.start("insert into item values (9, 2)");
        b.awaitWait(observer(), "Lock");
        a.run("commit");
        assertThat(insert.failure()).isEqualTo("23505");
    }

    @Test
    void nowaitFailsAndSkipLockedPassesOver() throws SQLException {
        a.run("begin; select * from item where id = 1 for update");
        assertState("55P03", () -> b.run("select * from item where id = 1 for update nowait"));
        assertThat(b.rows("select id from item order by id for update skip locked"))
                .containsExactly("2", "3");
    }

    @Test
    void aDeadlockEndsOneTransactionExactly() throws SQLException {
        for (Session session : new Session[] {a, b}) {
            session.run("set deadlock_timeout = '50ms'; begin");
        }
        a.run("update item set v = 1 where id = 1");
        b.run("update item set v = 1 where id = 2");
        Pending first = a.start("update item set v = 2 where id = 2");
        Pending second = b.start("update item set v = 2 where id = 1");
        List<String> failures =
                Stream.of(first, second).map(Pending::failure).filter("40P01"::equals).toList();
        assertThat(failures).containsExactly("40P01");
    }

    @Test
    void lockTimeoutEndsTheWait() throws SQLException {
        a.run("begin; lock table item");
        b.run("set lock_timeout = '50ms'");
        assertState("55P03", () -> b.run("select * from item"));
    }

    @Test
    void schemaChangesWaitForReaders() throws SQLException {
        a.run("begin; select * from item");
        Pending alter = b.start("alter table item add column w int");
        b.awaitWait(observer(), "Lock");
        a.run("commit");
        assertThat(alter.rows()).isEmpty();
    }

    @Test
    void advisoryLocksOfSessionsAndTransactionsWait() throws SQLException {
        a.run("select pg_advisory_lock(7)");
        assertThat(b.value("select pg_try_advisory_lock(7)")).isEqualTo("f");
        Pending wait = b.start("select pg_advisory_lock(7)");
        b.awaitWait(observer(), "Lock");
        a.run("select pg_advisory_unlock(7)");
        assertThat(wait.rows()).hasSize(1);
        a.run("begin; select pg_advisory_xact_lock(8)");
        Pending transactional = b.start("select pg_advisory_xact_lock(8)");
        b.awaitWait(observer(), "Lock");
        a.run("commit");
        assertThat(transactional.rows()).hasSize(1);
    }

    @Test
    void concurrentIndexBuildWaitsForOldTransactionsOnly() throws SQLException {
        a.run("begin; update item set v = 5 where id = 1");
        Pending build = b.start("create index concurrently item_v on item(v)");
        b.awaitWait(observer(), "Lock");
        a.run("commit");
        assertThat(build.rows()).isEmpty();
        assertThat(a.value("select indisvalid from pg_index where indexrelid = 'item_v'::regclass"))
                .isEqualTo("t");
    }

    @Test
    void maintenanceCommandsRunBesideOthers() throws SQLException {
        a.run("begin; select 1");
        b.run("analyze item");
        b.run("checkpoint");
        b.run("vacuum full item");
        a.run("commit; truncate item");
        assertThat(b.value("select count(*) from item")).isEqualTo("0");
    }
}
