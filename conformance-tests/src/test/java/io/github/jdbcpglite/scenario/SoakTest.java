package io.github.jdbcpglite.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Eight sessions at random for a while: the test command gives them three seconds, {@code
 * -Dsoak.minutes=20} more; {@code -Dsoak.seed} repeats the choices, though not the interleaving.
 * {@code -Dsoak.busy=4} has four threads compute beside them for each processor.
 */
class SoakTest extends AbstractScenarioTest {
    private static final int WORKERS = 8;
    private static final int MAX_MINUTES = 600;
    private static final int MAX_BUSY = 64;
    private static final long SEED = Long.getLong("soak.seed", System.nanoTime());

    private static long seconds() {
        int minutes = Integer.getInteger("soak.minutes", 0);
        return minutes == 0 ? 3 : TimeUnit.MINUTES.toSeconds(Math.min(minutes, MAX_MINUTES));
    }

    private static int busyThreads() {
        int each = Math.max(0, Math.min(Integer.getInteger("soak.busy", 0), MAX_BUSY));
        return each * Runtime.getRuntime().availableProcessors();
    }

    @BeforeEach
    void createTables() throws SQLException {
        observer()
                .run(
                        "set application_name = 'keeper';"
                                + " create table account(a int primary key, v bigint);"
                                + " insert into account select g, 0 from generate_series(1, "
                                + SoakWorker.ACCOUNTS
                                + ") g; create table history(w int, id int, primary key (w, id));"
                                + " create table scratch(i int)");
    }

    @Test
    @Timeout(value = MAX_MINUTES + 30, unit = TimeUnit.MINUTES)
    void nothingIsLostAndNothingIsLeft() throws Exception {
        List<SoakWorker> workers = new ArrayList<>();
        Random seeds = new Random(SEED);
        for (int i = 0; i < WORKERS; i++) {
            workers.add(new SoakWorker(url(), i, seeds.nextLong()));
        }
        try (BusyThreads busy = new BusyThreads()) {
            busy.start(busyThreads());
            run(workers);
        }
        System.getLogger(SoakTest.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "seed {0}: {1}",
                        Long.toString(SEED),
                        workers.stream().map(SoakWorker::summary).toList());

        Session.awaitRow(
                observer(),
                "select 1 from pg_stat_activity having count(*) filter"
                        + " (where backend_type = 'client backend') = 1");
        String seed = "seed " + SEED;
        assertThat(observer().value("select sum(v) from account")).as(seed).isEqualTo("0");
        assertThat(observer().value("select count(*) from account"))
                .as(seed)
                .isEqualTo(Integer.toString(SoakWorker.ACCOUNTS));
        assertThat(observer().value("select count(*) from pg_locks where pid <> pg_backend_pid()"))
                .as(seed)
                .isEqualTo("0");
        for (SoakWorker worker : workers) {
            assertThat(committed(worker.number())).as(seed).containsAll(worker.acknowledged());
            assertThat(worker.acknowledged()).as(seed).isNotEmpty();
        }
    }

    private Set<Integer> committed(int worker) throws SQLException {
        Set<Integer> ids = new HashSet<>();
        for (String id : observer().rows("select id from history where w = " + worker)) {
            ids.add(Integer.valueOf(id));
        }
        return ids;
    }

    private static void run(List<SoakWorker> workers) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds());
        ExecutorService threads =
                Executors.newFixedThreadPool(
                        workers.size(), task -> new Thread(task, "scenario-soak"));
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (SoakWorker worker : workers) {
                tasks.add(
                        () -> {
                            worker.runUntil(deadline);
                            return null;
                        });
            }
            for (Future<Void> done : threads.invokeAll(tasks, seconds() + 120, TimeUnit.SECONDS)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
