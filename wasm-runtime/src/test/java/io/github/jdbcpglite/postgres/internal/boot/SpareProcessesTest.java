package io.github.jdbcpglite.postgres.internal.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.engine.MemoryAccount;
import io.github.jdbcpglite.engine.budget.MemoryBudget;
import io.github.jdbcpglite.engine.bytecode.BytecodeEngine;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Spares are made when they are wanted, are bounded, and are given up. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SpareProcessesTest {
    private static final long FOREVER = TimeUnit.HOURS.toNanos(1);
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long STACK = 256 * 1024;
    private static final int LIMIT = SpareProcesses.LIMIT;
    private static final long START_BYTES = (long) MemoryAccount.START_PAGES << 16;

    private static final class Fake implements SpareThread.Prepared {
        final AtomicInteger closed = new AtomicInteger();

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    private final MemoryBudget budget = MemoryBudget.limitedTo(256L << 20);
    private final Queue<Fake> made = new ConcurrentLinkedQueue<>();
    private final List<SpareProcesses<Fake>> sets = new ArrayList<>();

    private Fake make(MemoryAccount pages) {
        Fake fake = new Fake();
        made.add(fake);
        return fake;
    }

    /** Makes processes no earlier than a gate opens. */
    private static SpareThread.Maker<Fake> after(
            CountDownLatch gate, SpareThread.Maker<Fake> maker) {
        return pages -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return maker.fork(pages);
        };
    }

    private SpareProcesses<Fake> spares(SpareThread.Maker<Fake> maker, long idleNanos) {
        SpareProcesses<Fake> spares =
                new SpareProcesses<>(
                        "spare-test", STACK, maker, budget, BytecodeEngine.INSTANCE, idleNanos);
        sets.add(spares);
        return spares;
    }

    @AfterEach
    void nothingIsLeft() {
        sets.forEach(spares -> spares.close(DEADLINE_NANOS));
        await("the end of each process", () -> made.stream().allMatch(f -> f.closed.get() == 1));
        await("all memory back", () -> budget.takenBytes() == 0);
        await("the end of the threads", () -> threads() == 0);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("spare-test"))
                .count();
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting for " + what).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /** Asks as the second connection of a cluster does, and lets the ticker look. */
    private static void ask(SpareProcesses<Fake> spares) {
        assertThat(spares.take()).isNull();
        assertThat(spares.take()).isNull();
        spares.refill();
    }

    /** Lets a spare become a process that ends at once. */
    private static void use(@Nullable SpareThread<Fake> spare, CountDownLatch done) {
        Objects.requireNonNull(spare, "no spare")
                .run(
                        (pages, process) -> {
                            close(process);
                            done.countDown();
                        });
    }

    private static void close(@Nullable Fake process) {
        Objects.requireNonNull(process, "no process").close();
    }

    private static void awaitAll(CountDownLatch done) throws InterruptedException {
        assertThat(done.await(DEADLINE_NANOS, TimeUnit.NANOSECONDS)).isTrue();
    }

    @Test
    void oneConnectionGetsNoSpares() {
        SpareProcesses<Fake> spares = spares(this::make, FOREVER);
        spares.refill();
        assertThat(spares.take()).isNull();
        spares.refill();
        assertThat(spares.size()).isZero();
    }

    @Test
    void theSecondConnectionBringsThemAndEachOneTakenIsReplaced() throws Exception {
        SpareProcesses<Fake> spares = spares(this::make, FOREVER);
        ask(spares);
        assertThat(spares.size()).isEqualTo(LIMIT);
        spares.refill();
        assertThat(spares.size()).isEqualTo(LIMIT);
        assertThat(budget.takenBytes()).isEqualTo(LIMIT * START_BYTES);

        CountDownLatch done = new CountDownLatch(LIMIT);
        for (int i = 0; i < LIMIT; i++) {
            use(spares.take(), done);
        }
        awaitAll(done);
        assertThat(spares.take()).as("there are no more than the limit").isNull();
        spares.refill();
        assertThat(spares.size()).isEqualTo(LIMIT);
    }

    @Test
    void aTaskMayComeWhileTheProcessIsMade() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        SpareProcesses<Fake> spares = spares(after(gate, this::make), 0);
        ask(spares);
        CountDownLatch done = new CountDownLatch(1);
        SpareThread<Fake> spare = spares.take();
        gate.countDown();
        use(spare, done);
        awaitAll(done);
    }

    @Test
    void aClaimedSpareWaitsForItsTaskWhateverTheTime() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        SpareProcesses<Fake> spares = spares(after(gate, this::make), 1);
        ask(spares);
        SpareThread<Fake> spare = spares.take();
        gate.countDown();
        await("the other to leave", () -> spares.size() == 0 && threads() == 1);
        spares.giveUp();
        CountDownLatch done = new CountDownLatch(1);
        use(spare, done);
        awaitAll(done);
    }

    @Test
    void theFirstConnectionFindsOne() throws Exception {
        SpareProcesses<Fake> spares = spares(this::make, FOREVER);
        spares.prepareFirst();
        assertThat(spares.size()).isEqualTo(1);
        CountDownLatch done = new CountDownLatch(1);
        use(Objects.requireNonNull(spares.take(), "no spare"), done);
        awaitAll(done);
        spares.refill();
        assertThat(spares.size()).as("after one connection").isZero();
        spares.close(0);
        spares.prepareFirst();
        assertThat(spares.size()).as("closed").isZero();
    }

    @Test
    void aClaimedSpareThatGetsNoTaskEnds() {
        SpareProcesses<Fake> spares = spares(this::make, FOREVER);
        ask(spares);
        Objects.requireNonNull(spares.take(), "no spare").release();
        await("its end", () -> threads() == LIMIT - 1);
        await("its memory", () -> budget.takenBytes() == (LIMIT - 1) * START_BYTES);
    }

    /** As when a cluster fails between this and its start, and nobody closes it. */
    @Test
    void whoHasMadeNoneNeedsNoEnd() {
        MemoryBudget other = MemoryBudget.limitedTo(START_BYTES);
        WeakReference<SpareProcesses<Fake>> forgotten =
                new WeakReference<>(
                        new SpareProcesses<>(
                                "spare-test",
                                STACK,
                                this::make,
                                other,
                                BytecodeEngine.INSTANCE,
                                FOREVER));
        await(
                "its collection",
                () -> {
                    System.gc();
                    return forgotten.get() == null;
                });
    }

    @Test
    void idleSparesGiveTheirMemoryBack() {
        SpareProcesses<Fake> spares = spares(this::make, 1);
        ask(spares);
        await("an empty set", () -> spares.size() == 0);
        await("no threads", () -> threads() == 0);
        assertThat(budget.takenBytes()).isZero();
        assertThat(made).hasSize(LIMIT).allMatch(fake -> fake.closed.get() == 1);
        assertThat(spares.recycledPages()).isZero();
    }

    @Test
    void whoIsShortOfMemoryGetsThatOfSpares() {
        SpareProcesses<Fake> spares = spares(this::make, FOREVER);
        ask(spares);
        await("processes", () -> made.size() == LIMIT);
        long all = 256L << 20;
        assertThat(budget.tryTake(all)).isTrue();
        assertThat(spares.size()).isZero();
        assertThat(made).allMatch(fake -> fake.closed.get() == 1);
        assertThat(spares.take()).isNull();
        spares.refill();
        assertThat(spares.size()).as("none while memory is short").isZero();
        budget.giveBack(all, all);
    }

    @Test
    void whatFailsToBeMadeIsNoSpare() {
        SpareProcesses<Fake> spares =
                spares(
                        pages -> {
                            throw new IllegalStateException("cannot be made");
                        },
                        FOREVER);
        ask(spares);
        await("an empty set", () -> spares.size() == 0);
        await("memory back", () -> budget.takenBytes() == 0);
    }

    @Test
    void aTaskForOneThatCannotBeMadeRunsWithoutIt() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        SpareThread.Maker<Fake> failing =
                pages -> {
                    throw new OutOfMemoryError("as if");
                };
        SpareProcesses<Fake> spares = spares(after(gate, failing), FOREVER);
        ask(spares);
        SpareThread<Fake> spare = spares.take();
        AtomicBoolean without = new AtomicBoolean();
        CountDownLatch done = new CountDownLatch(1);
        Objects.requireNonNull(spare, "no spare")
                .run(
                        (pages, process) -> {
                            without.set(process == null);
                            done.countDown();
                        });
        gate.countDown();
        awaitAll(done);
        assertThat(without).isTrue();
    }

    @Test
    void nothingIsMadeAfterTheEnd() {
        SpareProcesses<Fake> spares = spares(this::make, FOREVER);
        ask(spares);
        spares.close(DEADLINE_NANOS);
        assertThat(spares.take()).isNull();
        spares.refill();
        assertThat(spares.size()).isZero();
    }

    /** Connections, the ticker and somebody short of memory, in an order that the seed chooses. */
    @Test
    void eachTaskRunsOnceWhateverHappensBeside() throws Exception {
        long seed = Long.getLong("spares.seed", System.nanoTime());
        int rounds = 3000;
        SpareProcesses<Fake> spares = spares(this::make, TimeUnit.MICROSECONDS.toNanos(300));
        AtomicInteger given = new AtomicInteger();
        AtomicInteger ran = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Random random = new Random(seed + i);
            Thread thread =
                    new Thread(() -> act(spares, random, rounds, given, ran), "spares-actor");
            thread.setUncaughtExceptionHandler(
                    (t, failure) -> {
                        synchronized (failures) {
                            failures.add(failure);
                        }
                    });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join(TimeUnit.NANOSECONDS.toMillis(DEADLINE_NANOS));
            assertThat(thread.isAlive()).as("seed %d", seed).isFalse();
        }
        assertThat(failures).as("seed %d", seed).isEmpty();
        await("tasks of seed " + seed, () -> ran.get() == given.get());
    }

    private static void act(
            SpareProcesses<Fake> spares,
            Random random,
            int rounds,
            AtomicInteger given,
            AtomicInteger ran) {
        for (int i = 0; i < rounds; i++) {
            switch (random.nextInt(8)) {
                case 0 -> spares.giveUp();
                case 1, 2, 3 -> spares.refill();
                default -> {
                    SpareThread<Fake> spare = spares.take();
                    if (spare != null) {
                        given.incrementAndGet();
                        spare.run(
                                (pages, process) -> {
                                    close(process);
                                    ran.incrementAndGet();
                                });
                    }
                }
            }
            assertThat(spares.size()).isLessThanOrEqualTo(LIMIT);
        }
    }
}
