package io.github.jdbcpglite.build.outline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Random programs must do the same before and after. Set the system property {@code outline.seed}
 * to the number a failure names to repeat it alone, and {@code outline.programs} for a longer run.
 */
final class OutlinerRandomTest {
    private static final int PROGRAMS = Integer.getInteger("outline.programs", 200);
    private static final int CALLS = 4;

    /** The programs recurse, and the interpreter recurses with them. */
    private static final long STACK_BYTES = 512L << 20;

    private static final long DEADLINE_MINUTES = 10;

    /**
     * One run of this program was moved before, so that a function of 1,000 exits is split eight
     * generations deep; a dispatch that was moved used the global in which a value was on its way.
     */
    private static final long MOVED_DISPATCH_SEED = 23595754977246L;

    @Test
    void randomProgramsBehaveTheSame() throws Exception {
        run(new FutureTask<>(OutlinerRandomTest::checkAll, null));
    }

    @Test
    void aDispatchThatIsMovedLeavesValuesOnTheirWayAlone() throws Exception {
        FutureTask<Integer> task = new FutureTask<>(() -> check(MOVED_DISPATCH_SEED));
        run(task);
        assertThat(task.get()).isPositive();
    }

    private static void checkAll() {
        Long only = Long.getLong("outline.seed");
        if (only != null) {
            check(only);
            return;
        }
        long first = System.nanoTime();
        int added = 0;
        for (int i = 0; i < PROGRAMS; i++) {
            added += check(first + i);
        }
        assertThat(added).as("functions added, first seed %d", first).isGreaterThan(PROGRAMS);
    }

    private static void run(FutureTask<?> task) throws Exception {
        Thread thread = new Thread(null, task, "random programs", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        task.get(DEADLINE_MINUTES, TimeUnit.MINUTES);
    }

    private static int check(long seed) {
        Random random = new Random(seed);
        WasmModule module = RandomProgram.of(seed);
        byte[] before = module.toBytes();
        List<long[]> arguments = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            arguments.add(new long[] {random.nextInt(10) - 2, random.nextLong(), random.nextInt()});
        }
        Outcome expected = Outcome.of(before, arguments);
        OutlineOptions options = new OutlineOptions(64 + random.nextInt(300), 2);
        Outliner.Result result = Outliner.outline(before, options);
        assertThat(Outcome.of(result.wasm(), arguments))
                .as("outlined, seed %d", seed)
                .isEqualTo(expected);

        int last = module.functionCount() - 1;
        int runs = AnyRun.count(before, last);
        byte[] moved = AnyRun.move(before, last, random.nextInt(runs));
        assertThat(Outcome.of(moved, arguments))
                .as("one run moved, seed %d", seed)
                .isEqualTo(expected);
        assertThat(Outcome.of(Outliner.outline(moved, options).wasm(), arguments))
                .as("one run moved and outlined, seed %d", seed)
                .isEqualTo(expected);
        return result.report().functionsAdded();
    }
}
