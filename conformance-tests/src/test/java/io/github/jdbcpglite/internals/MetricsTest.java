package io.github.jdbcpglite.internals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jdbcpglite.internals.HostFaults.Fault;
import io.github.jdbcpglite.internals.HostFaults.Kind;
import io.github.jdbcpglite.jdbc.Drivers;
import io.github.jdbcpglite.jdbc.internal.cluster.ClusterRegistry;
import io.github.jdbcpglite.postgres.cluster.Cluster;
import io.github.jdbcpglite.postgres.cluster.ClusterMetric;
import io.github.jdbcpglite.postgres.cluster.ClusterMetrics;
import io.github.jdbcpglite.sql.Rows;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The numbers of a cluster follow what happens in it. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MetricsTest {
    private static final long DEADLINE_SECONDS = 60;
    private static final String URL = "jdbc:pglite:memory:metrics";

    private final HostFaults faults = new HostFaults();
    private final ClusterRegistry registry = new ClusterRegistry(faults.factory());
    private final Driver driver = Drivers.of(registry);
    private final ExecutorService thread =
            Executors.newCachedThreadPool(task -> new Thread(task, "metrics-test"));

    /** Each trap is reported there, with a stack trace. */
    private final Logger runtimeLog = Logger.getLogger("io.github.jdbcpglite");

    @AfterEach
    void closeAll() {
        thread.shutdownNow();
        registry.closeAll();
        runtimeLog.setLevel(null);
    }

    @Test
    void connectionsComeAndGo() throws SQLException {
        try (Connection one = connect(URL)) {
            assertThat(Rows.one(one, "select 1", ",")).isEqualTo("1");
            try (Connection two = connect(URL)) {
                assertThat(Rows.one(two, "select 1", ",")).isEqualTo("1");
                ClusterMetrics both =
                        await(metrics -> metrics.get(ClusterMetric.IDLE_CONNECTIONS) == 2);
                assertThat(both.get(ClusterMetric.BACKEND_STARTS)).isEqualTo(2);
                assertThat(both.get(ClusterMetric.BACKEND_START_NANOS)).isPositive();
                assertThat(both.get(ClusterMetric.PRIVATE_MEMORY_BYTES)).isPositive();
            }
            ClusterMetrics left = await(metrics -> connections(metrics) == 1);
            assertThat(left.get(ClusterMetric.BACKEND_STARTS)).isEqualTo(2);
        }
    }

    @Test
    void waitingForALockIsAStateOfItsOwn() throws Exception {
        try (Connection owner = connect(URL);
                Connection waiter = connect(URL)) {
            run(owner, "create table item(id int)");
            run(owner, "begin");
            run(owner, "lock table item");
            Future<?> waiting = start(waiter, "select * from item");
            await(
                    metrics ->
                            metrics.get(ClusterMetric.LOCKED_CONNECTIONS) == 1
                                    && metrics.get(ClusterMetric.IDLE_CONNECTIONS) == 1);
            run(owner, "commit");
            waiting.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
            await(metrics -> metrics.get(ClusterMetric.IDLE_CONNECTIONS) == 2);
        }
    }

    @Test
    void sleepingIsNeitherWorkNorIdleness() throws Exception {
        try (Connection connection = connect(URL);
                Statement statement = connection.createStatement()) {
            Future<?> sleeping = thread.submit(() -> statement.execute("select pg_sleep(3600)"));
            await(metrics -> metrics.get(ClusterMetric.OTHER_CONNECTIONS) == 1);
            statement.cancel();
            assertThatThrownBy(() -> sleeping.get(DEADLINE_SECONDS, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(SQLException.class);
            await(metrics -> metrics.get(ClusterMetric.IDLE_CONNECTIONS) == 1);
        }
    }

    @Test
    void whoeverComputesLetsOthersWaitForTheirTurn() throws Exception {
        try (Connection busy = connect(URL);
                Connection other = connect(URL);
                Statement statement = busy.createStatement()) {
            Future<?> computing =
                    thread.submit(
                            () ->
                                    statement.execute(
                                            "select count(*) from generate_series(1, 1e9)"));
            await(metrics -> metrics.get(ClusterMetric.ACTIVE_CONNECTIONS) == 1);
            ClusterMetrics before = metrics();
            while (metrics().get(ClusterMetric.TURN_WAITS)
                    == before.get(ClusterMetric.TURN_WAITS)) {
                run(other, "select 1");
            }
            assertThat(metrics().get(ClusterMetric.TURN_WAIT_NANOS))
                    .isGreaterThan(before.get(ClusterMetric.TURN_WAIT_NANOS));
            statement.cancel();
            assertThatThrownBy(() -> computing.get(DEADLINE_SECONDS, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(SQLException.class);
        }
    }

    @Test
    void bytesAndCheckpointsAreCounted() throws SQLException {
        try (Connection connection = connect(URL)) {
            run(connection, "create table item(v text)");
            ClusterMetrics before = metrics();
            run(connection, "insert into item values ('" + "x".repeat(10_000) + "')");
            assertThat(
                            metrics().get(ClusterMetric.BYTES_RECEIVED)
                                    - before.get(ClusterMetric.BYTES_RECEIVED))
                    .isBetween(10_000L, 11_000L);
            assertThat(
                            metrics().get(ClusterMetric.BYTES_SENT)
                                    - before.get(ClusterMetric.BYTES_SENT))
                    .isBetween(1L, 1_000L);
            assertThat(Rows.one(connection, "select v from item", ",")).hasSize(10_000);
            assertThat(
                            metrics().get(ClusterMetric.BYTES_SENT)
                                    - before.get(ClusterMetric.BYTES_SENT))
                    .isBetween(10_000L, 12_000L);
            run(connection, "checkpoint");
            assertThat(metrics().get(ClusterMetric.CHECKPOINTS))
                    .isEqualTo(before.get(ClusterMetric.CHECKPOINTS) + 1);
            assertThat(metrics().get(ClusterMetric.FILE_MEMORY_BYTES)).isPositive();
        }
    }

    @Test
    void aDirectoryHasNoFilesInMemory(@TempDir Path temp) throws SQLException {
        try (Connection connection = connect("jdbc:pglite:file:" + temp.resolve("db"))) {
            assertThat(connection.isValid(0)).isTrue();
            assertThat(metrics().get(ClusterMetric.FILE_MEMORY_BYTES)).isEqualTo(-1);
        }
    }

    @Test
    void trapsAndCrashesAreCountedAndSurviveTheRecovery() throws SQLException {
        runtimeLog.setLevel(Level.OFF);
        try (Connection keeper = connect(URL)) {
            run(keeper, "create table item(id int)");
            trap("__syscall_openat", "select * from pg_database");
            ClusterMetrics trapped = await(metrics -> connections(metrics) == 1);
            assertThat(trapped.get(ClusterMetric.TRAPS)).isEqualTo(1);
            assertThat(trapped.get(ClusterMetric.CRASHES)).isZero();
            assertThat(keeper.isValid(0)).isTrue();
            // WAL is written with a lightweight lock held, so the others cannot go on.
            trap("fd_pwrite", "select pg_switch_wal()");
            try (Connection next = connect(URL)) {
                assertThat(next.isValid(0)).isTrue();
                assertThat(metrics().get(ClusterMetric.TRAPS)).isEqualTo(2);
                assertThat(metrics().get(ClusterMetric.CRASHES)).isEqualTo(1);
                assertThat(metrics().get(ClusterMetric.BACKEND_STARTS)).isGreaterThanOrEqualTo(3);
            }
        }
    }

    @Test
    void sparesEndWithTheClusterThatCrashes() throws SQLException {
        runtimeLog.setLevel(Level.OFF);
        try (Connection one = connect(URL);
                Connection two = connect(URL)) {
            run(one, "create table item as select 1 id");
            List<Thread> before = awaitSpares();
            // WAL is written with a lightweight lock held, so the others cannot go on.
            trap("fd_pwrite", "select pg_switch_wal()");
            try (Connection next = connect(URL)) {
                assertThat(Rows.one(next, "select id from item", ",")).isEqualTo("1");
                assertThat(metrics().get(ClusterMetric.CRASHES)).isEqualTo(1);
                assertThat(before).noneMatch(Thread::isAlive);
            }
            assertThat(two.isValid(0)).isFalse();
        }
    }

    /** Waits until processes that were forked ahead of need wait for connections. */
    private static List<Thread> awaitSpares() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (true) {
            List<Thread> spares =
                    Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread.getName().endsWith(":metrics-spare"))
                            .toList();
            if (spares.size() == 2) {
                return spares;
            }
            assertThat(System.nanoTime()).as("spares: %s", spares).isLessThan(deadline);
        }
    }

    @Test
    void totalsKeepWhatClosedClustersCounted() throws SQLException {
        try (Connection connection = connect(URL + "?pglite.close=last")) {
            run(connection, "checkpoint");
            assertThat(connections(registry.totals())).isEqualTo(1);
        }
        assertThat(registry.services()).isEmpty();
        ClusterMetrics totals = registry.totals();
        assertThat(totals.get(ClusterMetric.CHECKPOINTS)).isEqualTo(1);
        assertThat(totals.get(ClusterMetric.BACKEND_STARTS)).isEqualTo(1);
        assertThat(totals.get(ClusterMetric.BYTES_RECEIVED)).isPositive();
        assertThat(connections(totals)).isZero();
        assertThat(totals.get(ClusterMetric.SHARED_MEMORY_BYTES)).isZero();
    }

    /** Lets the next backend trap at its first call of a function, in a statement. */
    private void trap(String function, String sql) {
        faults.arm(new Fault(function, 1, Kind.TRAP));
        assertThatThrownBy(
                        () -> {
                            try (Connection victim = connect(URL)) {
                                run(victim, sql);
                            }
                        })
                .isInstanceOf(SQLException.class);
        assertThat(faults.fired()).isTrue();
    }

    private static long connections(ClusterMetrics metrics) {
        return metrics.get(ClusterMetric.ACTIVE_CONNECTIONS)
                + metrics.get(ClusterMetric.IDLE_CONNECTIONS)
                + metrics.get(ClusterMetric.LOCKED_CONNECTIONS)
                + metrics.get(ClusterMetric.OTHER_CONNECTIONS);
    }

    private ClusterMetrics metrics() {
        List<Cluster> services = registry.services();
        assertThat(services).hasSize(1);
        return services.get(0).metrics();
    }

    private ClusterMetrics await(Predicate<ClusterMetrics> condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        ClusterMetrics metrics = metrics();
        while (!condition.test(metrics)) {
            assertThat(System.nanoTime()).as("never so: %s", metrics).isLessThan(deadline);
            Thread.onSpinWait();
            metrics = metrics();
        }
        return metrics;
    }

    private Future<?> start(Connection connection, String sql) {
        return thread.submit(
                () -> {
                    run(connection, sql);
                    return null;
                });
    }

    private static void run(Connection connection, String sql) throws SQLException {
        Rows.of(connection, sql, ",");
    }

    private Connection connect(String url) throws SQLException {
        Connection connection = driver.connect(url, new Properties());
        if (connection == null) {
            throw new IllegalStateException("no such URL: " + url);
        }
        return connection;
    }
}
