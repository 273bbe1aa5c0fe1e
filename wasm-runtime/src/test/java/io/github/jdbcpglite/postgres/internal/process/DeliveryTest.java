package io.github.jdbcpglite.postgres.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.postgres.channel.BytePipe;
import io.github.jdbcpglite.postgres.channel.DuplexChannel;
import java.io.IOException;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a backend has sent reaches a client that waits for it before others see it wait. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeliveryTest {
    private static final int ROUNDS = 300;
    private static final long DEADLINE_SECONDS = 60;
    private static final byte[] NOTICE = {'N'};

    private final DuplexChannel channel = new DuplexChannel();
    private final SchedulingFixture fixture = new SchedulingFixture();
    private final Backend backend = fixture.backend(7, channel.server());
    private final CyclicBarrier holdsLock = new CyclicBarrier(2);

    /** Rounds in which the other side has looked; guarded by the giant lock. */
    private int seen;

    @Test
    void aNoticeIsTakenBeforeTheWaitThatFollowsIsSeen() throws Exception {
        FutureTask<Void> session = new FutureTask<>(this::sendAndWait, null);
        Thread server = new Thread(session, "delivery-test-backend");
        server.start();
        int late = 0;
        for (int i = 0; i < ROUNDS; i++) {
            FutureTask<Integer> read = new FutureTask<>(this::read);
            Thread client = new Thread(read, "delivery-test-client");
            client.start();
            while (client.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            holdsLock.await(DEADLINE_SECONDS, TimeUnit.SECONDS);
            fixture.lock.acquireForHost();
            late += channel.server().delivering() ? 1 : 0;
            seen = i + 1;
            fixture.lock.release();
            backend.wake();
            assertThat(read.get(DEADLINE_SECONDS, TimeUnit.SECONDS)).isEqualTo(1);
        }
        session.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        // The wait for a client has a bound, within which a crowded machine may not run it.
        assertThat(late).as("late of %d", ROUNDS).isLessThanOrEqualTo(ROUNDS / 100);
    }

    private void sendAndWait() {
        SchedulingFixture.bind(backend, SchedulingFixture.guest());
        for (int i = 0; i < ROUNDS; i++) {
            backend.acquireLock();
            try {
                holdsLock.await(DEADLINE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new IllegalStateException("the round did not begin", e);
            }
            backend.channel().write(NOTICE, 0, 1);
            backend.prepareToWait();
            while (seen == i) {
                backend.await(WaitState.LOCK, Backend.NO_TIMER);
                backend.prepareToWait();
            }
            backend.releaseLock();
        }
    }

    private int read() throws IOException {
        return channel.client().read(new byte[1], 0, 1, BytePipe.NO_DEADLINE);
    }
}
