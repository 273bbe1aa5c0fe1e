package io.github.jdbcpglite.postgres.internal.process;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.LinChecker;
import org.jetbrains.kotlinx.lincheck.annotations.Operation;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.kotlinx.lincheck.strategy.managed.modelchecking.ModelCheckingOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The giant lock under interleavings that a model checker chooses. Waits and wake-ups are left to
 * {@link WakeUpStressTest}: the checker lets every park return by itself at times, as its
 * specification allows, so it would not see a wake-up that is lost.
 */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GiantLockModelTest {
    private static final int INTERLEAVINGS = 60;

    @Test
    void itOrdersWhatItsHoldersDo() throws NoSuchMethodException {
        Actor count = new Actor(Counter.class.getMethod("count"), List.of());
        List<Actor> twice = List.of(count, count);
        LinChecker.check(
                Counter.class,
                new ModelCheckingOptions()
                        .iterations(0)
                        .invocationsPerIteration(INTERLEAVINGS)
                        .addCustomScenario(
                                new ExecutionScenario(
                                        List.of(), List.of(twice, twice), List.of(), null)));
    }

    /** A variable that only the lock guards. */
    public static final class Counter {
        private final GiantLock lock = new GiantLock(new ClusterCounters());
        private int unguarded;

        /** Counts, as guest code changes shared memory. */
        @Operation
        public int count() {
            lock.acquireForHost();
            try {
                unguarded++;
                return unguarded;
            } finally {
                lock.release();
            }
        }
    }
}
