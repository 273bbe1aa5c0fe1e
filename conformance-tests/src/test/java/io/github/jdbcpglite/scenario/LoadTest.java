package io.github.jdbcpglite.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many sessions at once, and one after the other. */
class LoadTest extends AbstractScenarioTest {
    @Override
    String options() {
        return "&pglite.maxBackends=30";
    }

    @Test
    void fiftyConnectionsInSequenceLeaveNothingBehind() throws SQLException {
        int threadsBefore = backendThreadNames().size();
        for (int i = 0; i < 50; i++) {
            try (Session session = Session.open(url())) {
                assertThat(session.value("select 1")).isEqualTo("1");
            }
        }
        awaitOnlyObserver();
        awaitBackendThreads(threadsBefore);
        assertThat(observer().value("select count(*) from pg_locks where pid <> pg_backend_pid()"))
                .isEqualTo("0");
    }

    /** Processes of maintenance come and go as they like. */
    private void awaitOnlyObserver() throws SQLException {
        Session.awaitRow(
                observer(),
                "select 1 from pg_stat_activity where backend_type = 'client backend'"
                        + " having count(*) = 1");
    }

    private static void awaitBackendThreads(int expected) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Session.DEADLINE_SECONDS);
        List<String> now = backendThreadNames();
        while (now.size() > expected) {
            assertThat(System.nanoTime()).as("threads stay: %s", now).isLessThan(deadline);
            Thread.onSpinWait();
            now = backendThreadNames();
        }
    }

    @Test
    void tooManyConnectionsAreRefusedAndThePlacesComeBack() throws SQLException {
        List<Session> held = new ArrayList<>();
        try {
            assertState(
                    "53300",
                    () -> {
                        for (int i = 0; i < 40; i++) {
                            held.add(Session.open(url()));
                        }
                    });
            assertThat(held).hasSize(29);
        } finally {
            for (Session session : held) {
                session.close();
            }
        }
        awaitOnlyObserver();
        try (Session again = Session.open(url())) {
            assertThat(again.value("select 2")).isEqualTo("2");
        }
    }

    @Test
    void countersLoseNoUpdate() throws Exception {
        observer().run("create table counter(v int); insert into counter values (0)");
        inParallel(
                6,
                session -> {
                    for (int i = 0; i < 40; i++) {
                        session.run("update counter set v = v + 1");
                    }
                });
        assertThat(observer().value("select v from counter")).isEqualTo("240");
    }

    @Test
    void identityColumnsHaveNoDuplicates() throws Exception {
        observer().run("create table numbered(id int generated always as identity, who int)");
        inParallel(
                6,
                session -> {
                    for (int i = 0; i < 30; i++) {
                        session.run("insert into numbered(who) values (" + session.pid() + ")");
                    }
                });
        assertThat(observer().value("select count(distinct id) from numbered")).isEqualTo("180");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void balancesStayEqualUnderATellerLoad(int threads) throws Exception {
        observer()
                .run(
                        "create table branch(b int primary key, v int); create table teller(t int"
                            + " primary key, v int); create table account(a int primary key, v"
                            + " int); create table history(a int, v int); insert into branch values"
                            + " (1, 0); insert into teller select g, 0 from generate_series(1, 10)"
                            + " g; insert into account select g, 0 from generate_series(1, 100) g");
        long seed = System.nanoTime();
        Random seeds = new Random(seed);
        inParallel(
                threads,
                session -> {
                    Random random;
                    synchronized (seeds) {
                        random = new Random(seeds.nextLong());
                    }
                    for (int i = 0; i < 25; i++) {
                        transfer(session, random);
                    }
                });
        assertThat(
                        observer()
                                .value(
                                        "select (select sum(v) from branch) ="
                                                + " (select sum(v) from teller) and"
                                                + " (select sum(v) from teller) ="
                                                + " (select sum(v) from account) and"
                                                + " (select sum(v) from account) ="
                                                + " (select sum(v) from history) and"
                                                + " (select count(*) from history) = "
                                                + 25 * threads))
                .as("seed %d", seed)
                .isEqualTo("t");
    }

    private static void transfer(Session session, Random random) throws SQLException {
        int account = 1 + random.nextInt(100);
        int teller = 1 + random.nextInt(10);
        int delta = random.nextInt(2001) - 1000;
        session.run(
                String.format(
                        java.util.Locale.ROOT,
                        "begin; update account set v = v + %1$d where a = %2$d;"
                                + " select v from account where a = %2$d;"
                                + " update teller set v = v + %1$d where t = %3$d;"
                                + " update branch set v = v + %1$d where b = 1;"
                                + " insert into history values (%2$d, %1$d); commit",
                        delta,
                        account,
                        teller));
    }

    /** What one of several sessions does. */
    private interface Work {
        void in(Session session) throws SQLException;
    }

    private void inParallel(int count, Work work) throws Exception {
        ExecutorService threads =
                Executors.newFixedThreadPool(count, task -> new Thread(task, "scenario-load"));
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                tasks.add(
                        () -> {
                            try (Session session = Session.open(url())) {
                                work.in(session);
                            }
                            return null;
                        });
            }
            for (Future<Void> done : threads.invokeAll(tasks, 120, TimeUnit.SECONDS)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
