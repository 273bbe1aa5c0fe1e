package io.github.jdbcpglite.postgres.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.postgres.channel.DuplexChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GiantLockTest {
    private final ClusterCounters counters = new ClusterCounters();
    private final GiantLock lock = new GiantLock(counters);
    private final Ticker ticker = new Ticker("ticker-test", lock, running -> {}, () -> {});

    @Test
    void handingOverPutsTheHolderBehindTheOthers() throws InterruptedException {
        Backend first = backend(1);
        Backend second = backend(2);
        List<Integer> order = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        first.acquireLock();
        Thread other =
                new Thread(
                        () -> {
                            second.acquireLock();
                            order.add(2);
                            second.releaseLock();
                            done.countDown();
                        },
                        "other");
        other.start();
        while (!lock.contended()) {
            Thread.onSpinWait();
        }
        lock.handOver(first);
        order.add(1);
        first.releaseLock();
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(order).containsExactly(2, 1);
        other.join();
        // The second, and the first too unless the second was quick.
        assertThat(counters.turnWaits()).isBetween(1L, 2L);
        assertThat(counters.turnWaitNanos()).isPositive();
    }

    /**
     * With the lock free most of the time it would starve: who runs takes it before it is woken.
     */
    @Test
    void whoWaitsGetsItsTurnAmongThoseThatAskAgainAndAgain() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<Thread> others = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Backend other = backend(10 + i);
            others.add(
                    new Thread(
                            () -> {
                                while (!done.get()) {
                                    other.acquireLock();
                                    other.releaseLock();
                                }
                            },
                            "other"));
        }
        others.forEach(Thread::start);
        Backend modest = backend(1);
        modest.runInBackground();
        for (int i = 0; i < 50; i++) {
            modest.acquireLock();
            modest.releaseLock();
        }
        done.set(true);
        for (Thread other : others) {
            other.join();
        }
    }

    @Test
    void backgroundWorkWaitsBehindOthersEvenForAFreeLock() throws InterruptedException {
        Backend first = backend(1);
        first.acquireLock();
        Thread client = acquiring(backend(2), lock::contended);
        Backend background = backend(3);
        background.runInBackground();
        assertThat(lock.contendedInFront()).isTrue();
        Thread worker = acquiring(background, () -> true);
        first.releaseLock();
        client.join();
        worker.join();
        assertThat(lock.contendedInFront()).isFalse();
        assertThat(lock.contended()).isFalse();
    }

    private static Thread acquiring(Backend backend, BooleanSupplier started) {
        Thread thread =
                new Thread(
                        () -> {
                            backend.acquireLock();
                            backend.releaseLock();
                        },
                        "acquiring");
        thread.start();
        while (!started.getAsBoolean()) {
            Thread.onSpinWait();
        }
        return thread;
    }

    @Test
    void aTurnIsOverOnlyWhileOthersWait() throws InterruptedException {
        Backend first = backend(1);
        first.acquireLock();
        lock.endTurn();
        assertThat(lock.turnIsOver()).as("nobody waits").isFalse();
        Thread other = acquiring(backend(2), lock::contended);
        assertThat(lock.turnIsOver()).isTrue();
        lock.handOver(first);
        assertThat(lock.turnIsOver()).as("a new turn").isFalse();
        first.releaseLock();
        other.join();
    }

    @Test
    void takingAFreeLockIsNoWait() {
        Backend backend = backend(1);
        backend.acquireLock();
        backend.releaseLock();
        lock.acquireForHost();
        lock.release();
        assertThat(counters.turnWaits()).isZero();
    }

    @Test
    void theTickerSleepsWhileNobodyRunsAndEndsWhenStopped() throws InterruptedException {
        ticker.start();
        Thread thread = ticker.thread();
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        Backend backend = backend(1);
        backend.acquireLock();
        while (thread.getState() == Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        backend.releaseLock();
        ticker.stop();
        thread.join(20_000);
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void theTickerOutlivesAFullHeap() throws InterruptedException {
        AtomicInteger looks = new AtomicInteger();
        CountDownLatch lookedAgain = new CountDownLatch(1);
        Ticker afflicted =
                new Ticker(
                        "ticker-test",
                        lock,
                        running -> {
                            if (looks.incrementAndGet() <= 3) {
                                throw new OutOfMemoryError("made up");
                            }
                            lookedAgain.countDown();
                        },
                        () -> {});
        Backend backend =
                new Backend(
                        1,
                        1,
                        new DuplexChannel().server(),
                        lock,
                        afflicted,
                        counters,
                        SchedulingFixture.BINARY);
        afflicted.start();
        backend.acquireLock();
        try {
            assertThat(lookedAgain.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(afflicted.thread().isAlive()).isTrue();
        } finally {
            backend.releaseLock();
            afflicted.stop();
        }
        afflicted.thread().join(20_000);
        assertThat(afflicted.thread().isAlive()).isFalse();
    }

    private Backend backend(int pid) {
        return new Backend(
                pid,
                pid,
                new DuplexChannel().server(),
                lock,
                ticker,
                counters,
                SchedulingFixture.BINARY);
    }
}
