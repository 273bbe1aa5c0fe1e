package io.github.jdbcpglite.postgres.internal.process;

import static io.github.jdbcpglite.engine.bytecode.FrameProbe.MAX_FRAMES;
import static io.github.jdbcpglite.engine.bytecode.FrameProbe.QUESTIONS_FROM_BOTTOM;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The limit that PostgreSQL compares its stack with, while Java's stack grows and shrinks. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StackDepthGuardTest {
    private static final int LIMIT = 2_048_000;
    private static final long DEADLINE_SECONDS = 50;

    /** Beyond the limit by more checks than lie between two looks there. */
    private static final int TOO_DEEP = MAX_FRAMES + 200;

    private static final long STACK_BYTES = 256L << 20;

    private final Backend backend = new SchedulingFixture().bound(7);
    private final StackDepthGuard guard = new StackDepthGuard(backend);

    StackDepthGuardTest() {
        backend.memory().putInt(SchedulingFixture.BINARY.maxStackDepthBytes, LIMIT);
    }

    @Test
    void aRecursionLosesTheLimitAndGetsItBack() throws Exception {
        onDeepStack(
                () -> {
                    recurse(TOO_DEEP, guard::check, () -> assertThat(limit()).isZero());
                    guard.check();
                    assertThat(limit()).isEqualTo(LIMIT);
                });
    }

    @Test
    void readingFromTheClientPutsTheNextLookOff() throws Exception {
        onDeepStack(
                () -> {
                    recurse(TOO_DEEP, () -> {}, this::looksLateAfterReading);
                    // What was taken away is given back at the next look, which no reading delays.
                    guard.atBottom();
                    guard.check();
                    assertThat(limit()).isEqualTo(LIMIT);
                    recurse(TOO_DEEP, () -> {}, this::looksLateAfterReading);
                });
    }

    private void looksLateAfterReading() {
        for (int i = 0; i < 3; i++) {
            guard.atBottom();
            for (int check = 1; check < QUESTIONS_FROM_BOTTOM; check++) {
                guard.check();
                assertThat(limit()).as("limit after check %d of round %d", check, i).isNotZero();
            }
        }
        guard.check();
        assertThat(limit()).as("limit after a look").isZero();
    }

    private int limit() {
        return backend.memory().getInt(SchedulingFixture.BINARY.maxStackDepthBytes);
    }

    private static void recurse(int frames, Runnable each, Runnable last) {
        each.run();
        if (frames == 0) {
            last.run();
        } else {
            recurse(frames - 1, each, last);
        }
    }

    private static void onDeepStack(Runnable test) throws Exception {
        FutureTask<Void> task = new FutureTask<>(test, null);
        new Thread(null, task, "deep-stack", STACK_BYTES).start();
        task.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }
}
