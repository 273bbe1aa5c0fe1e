package io.github.jdbcpglite.postgres.internal.process;

import io.github.jdbcpglite.engine.Guest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.LinChecker;
import org.jetbrains.kotlinx.lincheck.annotations.Operation;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.kotlinx.lincheck.strategy.stress.StressOptions;
import org.jetbrains.kotlinx.lincheck.verifier.EpsilonVerifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A latch that one thread sets while its backend looks at it and waits, in many short runs with
 * real threads: a run that does not end is a wake-up that was lost. {@link GiantLockModelTest} says
 * why a model checker would not see it.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LatchStressTest {
    private static final int ROUNDS = 100;
    private static final int RUNS_PER_ROUND = 200;

    /** Then no further round begins: threads that spin are slow where processors are taken. */
    private static final long ENOUGH_NANOS = TimeUnit.SECONDS.toNanos(10);

    @Test
    void noWakeUpIsLost() throws NoSuchMethodException {
        Actor await = new Actor(Latch.class.getMethod("await"), List.of());
        Actor set = new Actor(Latch.class.getMethod("set"), List.of());
        ExecutionScenario both =
                new ExecutionScenario(
                        List.of(), List.of(List.of(await), List.of(set)), List.of(), null);
        long start = System.nanoTime();
        for (int i = 0; i < ROUNDS && System.nanoTime() - start < ENOUGH_NANOS; i++) {
            LinChecker.check(
                    Latch.class,
                    new StressOptions()
                            .iterations(0)
                            .invocationsPerIteration(RUNS_PER_ROUND)
                            .verifier(EpsilonVerifier.class) // to end is all that is asked
                            .addCustomScenario(both));
        }
    }

    /** A latch of a backend as PostgreSQL uses it: a flag, and a wake-up for who may wait. */
    public static final class Latch {
        /** One for all runs: making it takes longer than a run, which touches it little. */
        private static final Guest GUEST = SchedulingFixture.guest();

        private final Backend backend = new SchedulingFixture().backend(7);
        private volatile boolean set;

        /** Waits until the latch is set. */
        @Operation
        public boolean await() {
            SchedulingFixture.bind(backend, GUEST);
            backend.acquireLock();
            try {
                while (true) {
                    backend.prepareToWait();
                    if (set) {
                        return true;
                    }
                    backend.await(WaitState.IDLE, Backend.NO_TIMER);
                }
            } finally {
                backend.releaseLock();
            }
        }

        /** Sets it. */
        @Operation
        public void set() {
            set = true;
            backend.wake();
        }
    }
}
