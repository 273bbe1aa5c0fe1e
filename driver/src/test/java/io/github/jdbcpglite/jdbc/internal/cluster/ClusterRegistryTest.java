package io.github.jdbcpglite.jdbc.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jdbcpglite.jdbc.FakeClusters;
import io.github.jdbcpglite.jdbc.internal.error.SqlErrors;
import io.github.jdbcpglite.postgres.cluster.ClusterException;
import io.github.jdbcpglite.postgres.cluster.ClusterOption;
import io.github.jdbcpglite.postgres.cluster.ClusterOptions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClusterRegistryTest {
    private static final long FOREVER = ClusterRegistry.NO_DEADLINE;

    private final FakeClusters clusters = new FakeClusters();
    private final ClusterRegistry registry = new ClusterRegistry(clusters);

    @AfterEach
    void nothingStays() {
        clusters.mayOpen.countDown();
        registry.closeAll();
        assertThat(registry.size()).isZero();
        assertThat(clusters.opened).allSatisfy(c -> assertThat(c.closeCount).isEqualTo(1));
    }

    @Test
    void oneKeyIsOneCluster() throws Exception {
        ClusterHandle first = registry.acquire(memory("a", ClosePolicy.WITH_JVM), FOREVER);
        ClusterHandle second = registry.acquire(memory("a", ClosePolicy.WITH_JVM), FOREVER);
        ClusterHandle other = registry.acquire(memory("b", ClosePolicy.WITH_JVM), FOREVER);
        assertThat(clusters.opened).hasSize(2);
        first.close();
        second.close();
        other.close();
        assertThat(clusters.opened).allSatisfy(c -> assertThat(c.closeCount).isZero());
    }

    @Test
    void theLastUserClosesAClusterOnce() throws Exception {
        ClusterHandle first = registry.acquire(memory("a", ClosePolicy.WITH_LAST), FOREVER);
        ClusterHandle second = registry.acquire(memory("a", ClosePolicy.WITH_LAST), FOREVER);
        first.close();
        first.close();
        assertThat(clusters.opened.get(0).closeCount).as("second still uses it").isZero();
        second.close();
        assertThat(clusters.opened.get(0).closeCount).isEqualTo(1);
        assertThat(registry.size()).isZero();

        registry.acquire(memory("a", ClosePolicy.WITH_LAST), FOREVER).close();
        assertThat(clusters.opened).as("a new one under the same key").hasSize(2);
    }

    @Test
    void aDelayEndsWithTheNextUser() throws Exception {
        registry.acquire(memory("a", new ClosePolicy(1)), FOREVER).close();
        ClusterHandle again = registry.acquire(memory("a", new ClosePolicy(1)), FOREVER);
        assertThat(clusters.opened).hasSize(1);
        again.close();
        await(() -> registry.size() == 0);
        assertThat(clusters.opened.get(0).closeCount).isEqualTo(1);
    }

    @Test
    void settingsOfTheClusterHaveToAgree() throws Exception {
        ClusterRequest two = limited("a", Map.of("max", "2"), Map.of("max", "2", "dur", "full"));
        ClusterHandle open = registry.acquire(two, FOREVER);
        registry.acquire(limited("a", Map.of(), Map.of("dur", "full")), FOREVER).close();
        registry.acquire(limited("a", Map.of("dur", "full"), Map.of("dur", "full")), FOREVER)
                .close();
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(
                        () -> registry.acquire(limited("a", Map.of("max", "3"), Map.of()), FOREVER))
                .withMessageContaining("\"3\" for max")
                .withMessageContaining("\"2\"")
                .withMessageContaining("memory:a")
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("22023"));
        open.close();
    }

    @Test
    void aFailureToOpenReachesAllWhoWaitAndIsForgotten() throws Exception {
        clusters.mayOpen = new CountDownLatch(1);
        clusters.openFailure =
                new ClusterException(
                        ClusterException.Kind.START_FAILED,
                        "PostgreSQL did not start",
                        List.of("FATAL:  because"),
                        null);
        ExecutorService threads = Executors.newFixedThreadPool(3, task -> new Thread(task, "test"));
        List<Future<ClusterHandle>> waiting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waiting.add(
                    threads.submit(
                            () -> registry.acquire(memory("a", ClosePolicy.WITH_JVM), FOREVER)));
        }
        clusters.mayOpen.countDown();
        for (Future<ClusterHandle> one : waiting) {
            assertThatThrownBy(() -> one.get(20, TimeUnit.SECONDS))
                    .cause()
                    .hasMessageContaining("PostgreSQL did not start")
                    .hasMessageContaining("FATAL:  because");
        }
        threads.shutdown();
        assertThat(registry.size()).isZero();
        clusters.openFailure = null;
        registry.acquire(memory("a", ClosePolicy.WITH_JVM), FOREVER).close();
    }

    @Test
    void anErrorWhileOpeningIsNotAHang() {
        clusters.openFailure = new LinkageError("broken class");
        assertThatThrownBy(() -> registry.acquire(memory("a", ClosePolicy.WITH_JVM), FOREVER))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("broken class");
    }

    @Test
    void aMissingThreadIsAMatterOfMemory() {
        clusters.openFailure = new OutOfMemoryError("unable to create native thread");
        assertThatThrownBy(() -> registry.acquire(memory("a", ClosePolicy.WITH_JVM), FOREVER))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState()).isEqualTo(SqlErrors.OUT_OF_MEMORY))
                .hasMessageContaining("native thread");
    }

    @Test
    void whoGivesUpAtADeadlineDoesNotStopTheOpening() throws Exception {
        clusters.mayOpen = new CountDownLatch(1);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(5);
        assertThatThrownBy(() -> registry.acquire(memory("a", ClosePolicy.WITH_JVM), deadline))
                .isInstanceOf(SQLTimeoutException.class)
                .hasMessageContaining("memory:a");
        clusters.mayOpen.countDown();
        registry.acquire(memory("a", ClosePolicy.WITH_JVM), FOREVER).close();
        assertThat(clusters.opened).hasSize(1);
    }

    @Test
    void aClusterNobodyWaitsForAnyMoreClosesWhenOpen() throws Exception {
        clusters.mayOpen = new CountDownLatch(1);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(5);
        assertThatThrownBy(() -> registry.acquire(memory("a", ClosePolicy.WITH_LAST), deadline))
                .isInstanceOf(SQLTimeoutException.class);
        clusters.mayOpen.countDown();
        await(() -> registry.size() == 0);
        assertThat(clusters.opened.get(0).closeCount).isEqualTo(1);
    }

    @Test
    void aClusterThatEndedByItselfIsOpenedAnew() throws Exception {
        ClusterHandle handle = registry.acquire(memory("a", ClosePolicy.WITH_JVM), FOREVER);
        clusters.opened.get(0).ended = true;
        assertThatThrownBy(handle::connect).isInstanceOf(ClusterException.class);
        ClusterHandle next = registry.acquire(memory("a", ClosePolicy.WITH_JVM), FOREVER);
        next.connect();
        handle.close();
        next.close();
        assertThat(clusters.opened).hasSize(2);
    }

    @Test
    void aShutdownHookExistsOnlyForDirectories() throws Exception {
        ShutdownHook hook = new ShutdownHook(thread -> {});
        assertThat(hook.add()).isTrue();
        assertThat(hook.add()).isTrue();
        hook.remove();
        assertThat(hook.isRegistered()).isTrue();
        hook.remove();
        assertThat(hook.isRegistered()).isFalse();

        ClusterOptions options =
                ClusterOptions.named("d").with(ClusterOption.DIRECTORY, Path.of("d"));
        ClusterRequest request =
                new ClusterRequest("file:d", options, ClosePolicy.WITH_LAST, Map.of(), Map.of());
        registry.acquire(request, FOREVER).close();
    }

    @Test
    void manyThreadsOpenAndCloseOneKey() throws Exception {
        long seed = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(8, task -> new Thread(task, "test"));
        List<Future<?>> all = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            Random random = new Random(seed + t);
            all.add(threads.submit(() -> openAndClose(random)));
        }
        for (Future<?> one : all) {
            one.get(40, TimeUnit.SECONDS);
        }
        threads.shutdown();
        await(() -> registry.size() == 0);
        assertThat(clusters.opened)
                .as("seed " + seed)
                .allSatisfy(c -> assertThat(c.closeCount).isEqualTo(1));
    }

    private Void openAndClose(Random random) throws Exception {
        for (int i = 0; i < 300; i++) {
            String name = random.nextBoolean() ? "a" : "b";
            ClusterHandle handle = registry.acquire(memory(name, ClosePolicy.WITH_LAST), FOREVER);
            handle.connect();
            handle.close();
        }
        return null;
    }

    private static ClusterRequest memory(String name, ClosePolicy close) {
        return new ClusterRequest(
                "memory:" + name, ClusterOptions.named(name), close, Map.of(), Map.of());
    }

    private static ClusterRequest limited(
            String name, Map<String, String> explicit, Map<String, String> effective) {
        return new ClusterRequest(
                "memory:" + name,
                ClusterOptions.named(name),
                ClosePolicy.WITH_JVM,
                explicit,
                effective);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("condition in time").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
