package io.github.jdbcpglite.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.jdbc.PGlite;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A process that was forked ahead of need is to PostgreSQL one that is forked when its client
 * comes.
 */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SparesTest {
    private static final int LIMIT = 2;

    private final String name = "memory:spares-" + UUID.randomUUID();
    private final String url = "jdbc:pglite:" + name + "?pglite.close=last";
    private final List<Session> open = new ArrayList<>();
    private Session keeper;

    /** Two connections are what spares are made for. */
    @BeforeEach
    void openTwo() throws SQLException {
        keeper = session();
        session();
        awaitSpares();
    }

    @AfterEach
    void closeAll() throws SQLException {
        for (Session session : open) {
            session.close();
        }
        open.clear();
        // The last connection closes the cluster, and spares end with it.
        Set<String> left = threads();
        long deadline = deadline();
        while (!left.isEmpty()) {
            assertThat(System.nanoTime()).as("threads stay: %s", left).isLessThan(deadline);
            Thread.onSpinWait();
            left = threads();
        }
    }

    private static long deadline() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(Session.DEADLINE_SECONDS);
    }

    private Session session() throws SQLException {
        Session session = Session.open(url);
        open.add(session);
        return session;
    }

    private Set<String> threads() {
        Set<String> names = new HashSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("pglite-" + name + "-")) {
                names.add(thread.getName());
            }
        }
        return names;
    }

    private List<Thread> spares() {
        return spares(name);
    }

    private static List<Thread> spares(String cluster) {
        List<Thread> spares = new ArrayList<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("pglite-" + cluster + "-spare")) {
                spares.add(thread);
            }
        }
        return spares;
    }

    /**
     * Waits until as many spares as there may be wait for a connection, asking for others where
     * they have waited for too long.
     */
    private List<Thread> awaitSpares() throws SQLException {
        long deadline = deadline();
        List<Thread> spares = spares();
        while (spares.size() < LIMIT
                || spares.stream().anyMatch(s -> s.getState() != Thread.State.TIMED_WAITING)) {
            assertThat(System.nanoTime()).as("spares: %s", spares).isLessThan(deadline);
            if (spares.isEmpty()) {
                Session.open(url).close();
            }
            spares = spares();
        }
        return spares;
    }

    @Test
    void aClusterIsOpenedWithOneForItsFirstConnection() throws SQLException {
        String other = "memory:first-spare-" + UUID.randomUUID();
        String otherUrl = "jdbc:pglite:" + other;
        PGlite.open(otherUrl);
        try {
            assertThat(spares(other)).hasSize(1);
            Session.open(otherUrl).close();
            assertThat(spares(other)).as("after one connection").isEmpty();
        } finally {
            PGlite.shutDown(otherUrl);
        }
    }

    @Test
    void aSpareBecomesTheBackendOfTheNextConnectionAndIsReplaced() throws SQLException {
        long deadline = deadline();
        List<Thread> before;
        String backend;
        do { // on a busy machine they may have gone between the look and the connection
            assertThat(System.nanoTime()).as("spares become backends").isLessThan(deadline);
            before = awaitSpares();
            backend = "pglite-" + name + "-" + session().pid();
        } while (!before.stream().map(Thread::getName).toList().contains(backend));
        assertThat(awaitSpares()).hasSize(LIMIT);
    }

    @Test
    void postgresKnowsNothingOfSpares() throws SQLException {
        Session.awaitRow(
                keeper,
                "select 1 from pg_stat_activity having count(*) filter (where backend_type ="
                        + " 'client backend') = 2");
        Session.awaitRow(
                keeper,
                "select 1 from pg_stat_database where datname = 'postgres' and numbackends = 2");
    }

    @Test
    void aConnectionBeginsWhenItIsAskedForAndIsLikeNoOther() throws SQLException {
        String before = keeper.value("select clock_timestamp()");
        int pid = keeper.pid();
        Set<String> numbers = new HashSet<>();
        for (int i = 0; i < 6; i++) {
            awaitSpares();
            Session next = session();
            assertThat(next.pid()).as("pids in the order of connections").isGreaterThan(pid);
            pid = next.pid();
            assertThat(
                            next.value(
                                    "select backend_start > '"
                                            + before
                                            + "' from pg_stat_activity where pid ="
                                            + " pg_backend_pid()"))
                    .isEqualTo("t");
            before = next.value("select clock_timestamp()");
            assertThat(numbers.add(next.value("select random()"))).as("a new seed").isTrue();
        }
    }

    @Test
    void settingsOfTheMomentHold() throws SQLException {
        keeper.run("alter system set work_mem = '7MB'");
        keeper.run("select pg_reload_conf()");
        keeper.run("alter role postgres set lock_timeout = '1234ms'");
        Session next = session();
        assertThat(next.value("show work_mem")).isEqualTo("7MB");
        assertThat(next.value("show lock_timeout")).isEqualTo("1234ms");
    }

    @Test
    void aDatabaseIsMadeUsedAndDropped() throws SQLException {
        keeper.run("create database other");
        awaitSpares();
        String other = "jdbc:pglite:" + name + "/other?pglite.close=last";
        try (Session inside = Session.open(other)) {
            inside.run("create table item(id int)");
            AbstractScenarioTest.assertState("55006", () -> keeper.run("drop database other"));
        }
        keeper.run("drop database other with (force)");
        awaitSpares();
        AbstractScenarioTest.assertState("3D000", () -> Session.open(other));
    }

    @Test
    void nothingOfASessionIsInTheNext() throws SQLException {
        for (int i = 0; i < 5; i++) {
            try (Session session = Session.open(url)) {
                assertThat(session.value("select count(*) from pg_prepared_statements"))
                        .isEqualTo("0");
                assertThat(session.value("select to_regclass('pg_temp.mine')")).isEqualTo("null");
                assertThat(session.value("select current_setting('my.value', true)"))
                        .isEqualTo("null");
                session.run("create temp table mine as select repeat('x', 1000) v");
                session.run("prepare mine as select 1");
                session.run("set my.value = 'mine'");
            }
            awaitSpares();
        }
    }

    @Test
    void aTemplateIsTakenAndClonedWhileSparesWait() throws SQLException {
        keeper.run("create table item as select 42 id");
        String template = "spares-" + UUID.randomUUID();
        PGlite.saveTemplate(template, url);
        try (Session clone = Session.open("jdbc:pglite:temp:?pglite.template=" + template)) {
            assertThat(clone.value("select id from item")).isEqualTo("42");
        } finally {
            PGlite.dropTemplate(template);
        }
    }

    @Test
    void tenSessionsAtOnceWork() throws Exception {
        List<Pending> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Session session = session();
            all.add(session.start("select sum(x) from generate_series(1, 10000) x"));
            assertThat(spares().size()).as("the bound of spares").isLessThanOrEqualTo(LIMIT);
        }
        for (Pending pending : all) {
            assertThat(pending.rows()).containsExactly("50005000");
        }
    }
}
