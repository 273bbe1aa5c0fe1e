package io.github.jdbcpglite.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Many connections one after the other, and more at once than there are places. {@code
 * sessions.sequence} sets how many come one after the other.
 */
class ManySessionsTest extends AbstractScenarioTest {
    private static final int LIMIT = 20;
    private static final int SEQUENCE = Integer.getInteger("sessions.sequence", 300);
    private static final int WARM_UP = 50;
    private static final long HEAP_GROWTH_ALLOWED = 24L << 20;

    @Override
    String options() {
        return "&pglite.maxBackends=" + LIMIT;
    }

    /** What a leak would make grow. */
    private record Held(long threads, long files, long heap) {
        static Held now() throws Exception {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            long threads = backendThreadNames().size();
            long files = -1;
            Path descriptors = Path.of("/proc/self/fd");
            if (Files.isDirectory(descriptors)) {
                try (Stream<Path> open = Files.list(descriptors)) {
                    files = open.count();
                }
            }
            return new Held(threads, files, runtime.totalMemory() - runtime.freeMemory());
        }
    }

    @Test
    void connectionsInSequenceLeaveNothingBehind() throws Exception {
        openAndClose(WARM_UP);
        awaitAlone();
        Held before = Held.now();
        assertThat(before.threads()).as("the observer's thread and others").isPositive();
        openAndClose(SEQUENCE);
        awaitAlone();
        Held after = awaitThreads(before.threads());
        String measured = SEQUENCE + " connections: " + before + " became " + after;
        if (SEQUENCE >= 1000) {
            System.getLogger(ManySessionsTest.class.getName())
                    .log(System.Logger.Level.INFO, measured);
        }
        // The class loader may open a jar in between.
        assertThat(after.files()).as(measured).isLessThanOrEqualTo(before.files() + 3);
        assertThat(after.heap()).as(measured).isLessThan(before.heap() + HEAP_GROWTH_ALLOWED);
        assertEveryPlaceIsFree();
    }

    @Test
    void twiceTheLimitAtOnceIsRefusedBeyondItAndAllRecover() throws Exception {
        ExecutorService threads =
                Executors.newFixedThreadPool(
                        2 * LIMIT, task -> new Thread(task, "scenario-connect"));
        List<Connection> open = new ArrayList<>();
        int refused = 0;
        try {
            List<Callable<Connection>> tasks = new ArrayList<>();
            for (int i = 0; i < 2 * LIMIT; i++) {
                tasks.add(() -> DriverManager.getConnection(url()));
            }
            for (Future<Connection> task : threads.invokeAll(tasks, 120, TimeUnit.SECONDS)) {
                try {
                    open.add(task.get());
                } catch (java.util.concurrent.ExecutionException e) {
                    assertThat(e.getCause())
                            .isInstanceOfSatisfying(
                                    SQLException.class,
                                    refusal ->
                                            assertThat(refusal.getSQLState()).isEqualTo("53300"));
                    refused++;
                }
            }
            assertThat(open).hasSizeLessThan(LIMIT);
            assertThat(open.size() + refused).isEqualTo(2 * LIMIT);
        } finally {
            threads.shutdownNow();
            for (Connection connection : open) {
                connection.close();
            }
        }
        awaitAlone();
        assertEveryPlaceIsFree();
    }

    private void openAndClose(int count) throws SQLException {
        for (int i = 0; i < count; i++) {
            try (Session session = Session.open(url())) {
                assertThat(session.value("select " + i)).isEqualTo(Integer.toString(i));
            }
        }
    }

    /** One place is the observer's. */
    private void assertEveryPlaceIsFree() throws SQLException {
        List<Session> all = new ArrayList<>();
        try {
            for (int i = 1; i < LIMIT; i++) {
                all.add(Session.open(url()));
            }
            for (Session session : all) {
                assertThat(session.value("select 1")).isEqualTo("1");
            }
        } finally {
            for (Session session : all) {
                session.close();
            }
        }
    }

    private void awaitAlone() throws SQLException {
        Session.awaitRow(
                observer(),
                "select 1 from pg_stat_activity having count(*) filter (where backend_type ="
                        + " 'client backend') = 1");
    }

    private static Held awaitThreads(long expected) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Session.DEADLINE_SECONDS);
        Held held = Held.now();
        while (held.threads() > expected + 2) { // PostgreSQL's own processes may have come
            assertThat(System.nanoTime()).as("threads stay: %s", held).isLessThan(deadline);
            held = Held.now();
        }
        return held;
    }
}
