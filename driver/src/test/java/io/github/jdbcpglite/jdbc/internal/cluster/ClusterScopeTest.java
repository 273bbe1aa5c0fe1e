package io.github.jdbcpglite.jdbc.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.jdbc.FakeClusters;
import io.github.jdbcpglite.postgres.cluster.ClusterOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of a scope closes what would otherwise stay with the JVM, and nothing of others. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClusterScopeTest {
    private static final String KEY = "memory:a";

    private final FakeClusters clusters = new FakeClusters();
    private final ClusterRegistry registry = new ClusterRegistry(clusters);

    @AfterEach
    void nothingStays() {
        registry.closeAll();
        assertThat(registry.size()).isZero();
        assertThat(clusters.opened).allSatisfy(c -> assertThat(c.closeCount).isEqualTo(1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasOpenedWithinAScopeClosesWithIt(boolean addedBefore) throws Exception {
        ClusterScope scope = registry.scope();
        if (addedBefore) {
            scope.add(KEY);
        }
        use(Map.of());
        scope.add(KEY);
        assertThat(closed()).as("the scope has not ended").isFalse();
        scope.close();
        assertThat(closed()).isTrue();
        scope.close();
        scope.add(KEY);
        use(Map.of());
        assertThat(clusters.opened).hasSize(2);
        scope.close();
        assertThat(clusters.opened.get(1).closeCount).as("opened after the end").isZero();
    }

    @Test
    void whatWasOpenBeforeStays() throws Exception {
        use(Map.of());
        ClusterScope scope = registry.scope();
        scope.add(KEY);
        use(Map.of());
        scope.close();
        assertThat(closed()).isFalse();
    }

    @Test
    void theLastUserClosesItAfterTheEnd() throws Exception {
        ClusterScope scope = registry.scope();
        scope.add(KEY);
        ClusterHandle first = registry.acquire(request(Map.of()), ClusterRegistry.NO_DEADLINE);
        scope.close();
        ClusterHandle second = registry.acquire(request(Map.of()), ClusterRegistry.NO_DEADLINE);
        first.close();
        assertThat(closed()).as("second still uses it").isFalse();
        second.close();
        assertThat(closed()).isTrue();
    }

    @Test
    void theLastScopeClosesIt() throws Exception {
        ClusterScope first = registry.scope();
        first.add(KEY);
        use(Map.of());
        ClusterScope second = registry.scope();
        second.add(KEY);
        first.close();
        assertThat(closed()).as("second still has it").isFalse();
        use(Map.of());
        assertThat(closed()).as("second still has it").isFalse();
        second.close();
        assertThat(closed()).isTrue();
    }

    @Test
    void aScopeThatComesWhileUsersOfAnEndedOneAreThereKeepsIt() throws Exception {
        ClusterScope first = registry.scope();
        first.add(KEY);
        ClusterHandle user = registry.acquire(request(Map.of()), ClusterRegistry.NO_DEADLINE);
        first.close();
        ClusterScope second = registry.scope();
        second.add(KEY);
        user.close();
        assertThat(closed()).isFalse();
        second.close();
        assertThat(closed()).isTrue();
    }

    @Test
    void whatIsWrittenDownCounts() throws Exception {
        ClusterScope scope = registry.scope();
        scope.add(KEY);
        use(Map.of("pglite.close", "jvm"));
        scope.close();
        assertThat(closed()).as("its opener has said so").isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatAnotherUserWritesDownCountsToo(boolean beforeTheEnd) throws Exception {
        ClusterScope scope = registry.scope();
        scope.add(KEY);
        ClusterHandle user = registry.acquire(request(Map.of()), ClusterRegistry.NO_DEADLINE);
        if (beforeTheEnd) {
            use(Map.of("pglite.close", "jvm"));
        }
        scope.close();
        use(Map.of("pglite.close", "jvm"));
        user.close();
        assertThat(closed()).isFalse();
    }

    @Test
    void aScopeKeepsNothingOpen() throws Exception {
        ClusterScope scope = registry.scope();
        scope.add(KEY);
        ClusterRequest last =
                new ClusterRequest(
                        KEY, ClusterOptions.named("a"), ClosePolicy.WITH_LAST, Map.of(), Map.of());
        registry.acquire(last, ClusterRegistry.NO_DEADLINE).close();
        assertThat(closed()).isTrue();
        scope.close();
    }

    @Test
    void manyThreadsWithScopesOfOneKey() throws Exception {
        long seed = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(8, task -> new Thread(task, "test"));
        List<Future<?>> all = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            Random random = new Random(seed + t);
            all.add(threads.submit(() -> beginAndEnd(random)));
        }
        for (Future<?> one : all) {
            one.get(40, TimeUnit.SECONDS);
        }
        threads.shutdown();
        assertThat(registry.size()).as("open after the last scope, seed " + seed).isZero();
    }

    /** A user within his own scope never finds that another one's end has closed his cluster. */
    private Void beginAndEnd(Random random) throws Exception {
        for (int i = 0; i < 300; i++) {
            try (ClusterScope scope = registry.scope()) {
                scope.add(KEY);
                ClusterHandle handle =
                        registry.acquire(request(Map.of()), ClusterRegistry.NO_DEADLINE);
                if (random.nextBoolean()) {
                    handle.close();
                    handle = registry.acquire(request(Map.of()), ClusterRegistry.NO_DEADLINE);
                }
                handle.connect();
                handle.close();
            }
        }
        return null;
    }

    private void use(Map<String, String> explicit) throws Exception {
        registry.acquire(request(explicit), ClusterRegistry.NO_DEADLINE).close();
    }

    /** As of a connection to a cluster in memory. */
    private static ClusterRequest request(Map<String, String> explicit) {
        return new ClusterRequest(
                KEY,
                ClusterOptions.named("a"),
                ClosePolicy.WITH_JVM,
                explicit,
                Map.of("pglite.close", "jvm"));
    }

    private boolean closed() {
        return clusters.opened.get(0).closeCount > 0;
    }
}
