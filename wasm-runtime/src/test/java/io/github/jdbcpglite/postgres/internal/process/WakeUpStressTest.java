package io.github.jdbcpglite.postgres.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Backends that wait for each other as sessions do. A lost wake-up shows as a wait past the
 * deadline, and two that run at once as a lost count; the seed is in the message of a failure.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WakeUpStressTest {
    private static final long DEADLINE_SECONDS = 60;

    private final long seed = System.nanoTime();
    private final SchedulingFixture fixture = new SchedulingFixture();
    private final ExecutorService threads =
            Executors.newCachedThreadPool(task -> new Thread(task, "wake-up-test"));

    /** Guarded by the giant lock alone. */
    private int unguarded;

    @AfterEach
    void noThreadStays() throws Exception {
        threads.shutdown();
        assertThat(threads.awaitTermination(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        fixture.ticker.stop();
    }

    private void finish(List<Future<?>> all) throws Exception {
        for (Future<?> each : all) {
            each.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Test
    void oneBackendRunsAtATime() throws Exception {
        int backends = 6;
        int rounds = 4000;
        fixture.ticker.start();
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < backends; i++) {
            int pid = 100 + i;
            all.add(
                    threads.submit(
                            () -> count(fixture.bound(pid), new Random(seed + pid), rounds)));
        }
        finish(all);
        assertThat(unguarded).as("seed %d", seed).isEqualTo(backends * rounds);
    }

    private void count(Backend backend, Random random, int rounds) {
        backend.acquireLock();
        for (int i = 0; i < rounds; i++) {
            int seen = unguarded;
            if (random.nextInt(8) == 0) {
                Thread.onSpinWait();
            }
            unguarded = seen + 1;
            switch (random.nextInt(3)) {
                case 0 -> {
                    fixture.lock.endTurn();
                    backend.yieldToOthers();
                }
                case 1 -> {
                    backend.prepareToWait();
                    backend.await(WaitState.IDLE, System.nanoTime());
                }
                default -> {
                    backend.releaseLock();
                    backend.acquireLock();
                }
            }
        }
        backend.releaseLock();
    }

    /** Each waits without a limit for its turn, so each wake-up matters. */
    @Test
    void backendsThatTakeTurnsLoseNoWakeUp() throws Exception {
        int backends = 3;
        int turns = 9000;
        AtomicInteger turn = new AtomicInteger();
        AtomicInteger ready = new AtomicInteger();
        Backend[] all = new Backend[backends];
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < backends; i++) {
            int me = i;
            running.add(
                    threads.submit(
                            () -> {
                                all[me] = fixture.bound(100 + me);
                                ready.incrementAndGet();
                                while (ready.get() < backends) {
                                    Thread.onSpinWait();
                                }
                                takeTurns(all, me, turn, turns);
                            }));
        }
        finish(running);
        assertThat(turn.get()).as("seed %d", seed).isEqualTo(turns);
    }

    private static void takeTurns(Backend[] all, int me, AtomicInteger turn, int turns) {
        Backend backend = all[me];
        backend.acquireLock();
        while (turn.get() < turns) {
            backend.prepareToWait();
            int now = turn.get();
            if (now < turns && now % all.length == me) {
                turn.incrementAndGet();
                for (Backend other : all) {
                    other.wake();
                }
            } else if (now < turns) {
                backend.await(WaitState.IDLE, Backend.NO_TIMER);
            }
        }
        backend.releaseLock();
    }

    /** As when a client sends while its backend is about to wait. */
    @Test
    void wakeUpsFromOutsideAreNotLost() throws Exception {
        int rounds = 20_000;
        AtomicInteger sent = new AtomicInteger();
        AtomicInteger received = new AtomicInteger();
        Backend[] target = new Backend[1];
        AtomicInteger ready = new AtomicInteger();
        Future<?> receiver =
                threads.submit(
                        () -> {
                            Backend backend = fixture.bound(100);
                            target[0] = backend;
                            ready.set(1);
                            backend.acquireLock();
                            while (received.get() < rounds) {
                                backend.prepareToWait();
                                if (sent.get() == received.get()) {
                                    backend.await(WaitState.IDLE, Backend.NO_TIMER);
                                } else {
                                    received.incrementAndGet();
                                }
                            }
                            backend.releaseLock();
                        });
        Future<?> sender =
                threads.submit(
                        () -> {
                            Random random = new Random(seed);
                            while (ready.get() == 0) {
                                Thread.onSpinWait();
                            }
                            for (int i = 0; i < rounds; i++) {
                                while (received.get() < sent.get()) {
                                    Thread.onSpinWait();
                                }
                                for (int spins = random.nextInt(50); spins > 0; spins--) {
                                    Thread.onSpinWait();
                                }
                                sent.incrementAndGet();
                                target[0].wake();
                            }
                        });
        finish(List.of(receiver, sender));
        assertThat(received.get()).as("seed %d", seed).isEqualTo(rounds);
    }
}
