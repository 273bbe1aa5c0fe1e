package io.github.jdbcpglite.jdbc.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thread that starts hooks and waits for them is played by the test. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LastHookTest {
    private volatile Thread runner = Thread.currentThread();
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final CompletableFuture<Boolean> whileItRuns = new CompletableFuture<>();
    private final CompletableFuture<Boolean> afterItsEnd = new CompletableFuture<>();

    @Test
    void anotherHookThatWasStartedLaterIsWaitedFor() throws Exception {
        run(new Thread(this::live, "another-hook"));
        assertThat(whileItRuns).isCompletedWithValue(false);
        assertThat(afterItsEnd).isCompletedWithValue(true);
    }

    /** As of a pool that is filling at that moment. */
    @Test
    void aBackendThatWasStartedLaterIsNot() throws Exception {
        Thread backend = new Thread(this::live, "pglite-memory:a-7");
        backend.setDaemon(true);
        run(backend);
        assertThat(whileItRuns).isCompletedWithValue(true);
    }

    /** Starts the hook and then the other thread, and waits for the hook. */
    private void run(Thread other) throws InterruptedException {
        runner = Thread.currentThread();
        LastHook hook = new LastHook(this::look, "hook-of-the-test");
        hook.start();
        other.start();
        started.countDown();
        hook.join();
        other.join();
    }

    private void look(LastHook hook) {
        try {
            started.await();
            awaitJoin();
            whileItRuns.complete(hook.othersHaveEnded());
            end.countDown();
            while (!hook.othersHaveEnded()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            afterItsEnd.complete(true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitJoin() {
        while (runner.getState() != Thread.State.WAITING) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private void live() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
