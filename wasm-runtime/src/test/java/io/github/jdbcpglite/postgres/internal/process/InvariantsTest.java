package io.github.jdbcpglite.postgres.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That the package's invariants are kept, or noticed where one does not hold. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InvariantsTest {
    private final SchedulingFixture fixture = new SchedulingFixture();
    private final GiantLock lock = fixture.lock;

    @Test
    void aThreadWithoutTheLockDeliversNoSignals() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> backend(7).deliverSignals())
                .withMessage("signals of backend 7 delivered by another thread");
    }

    @Test
    void theHolderOfTheLockDoesNotRunAnotherThreadsBackend() {
        Backend backend = backend(7);
        backend.acquireLock();
        try {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> backend.await(WaitState.OTHER, Backend.NO_TIMER))
                    .withMessage("backend 7 waits on another thread");
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(backend::yieldToOthers)
                    .withMessage("backend 7 yields on another thread");
        } finally {
            backend.releaseLock();
        }
    }

    @Test
    void aPidBelongsToOneBackend() {
        ProcessTable table = new ProcessTable();
        table.add(backend(7));
        table.add(backend(8));

        assertThat(table.size()).isEqualTo(2);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> table.add(backend(7)))
                .withMessage("two live backends have pid 7");
    }

    @Test
    void onlyTheHolderReleasesTheLock() {
        assertThatExceptionOfType(IllegalMonitorStateException.class)
                .isThrownBy(backend(7)::releaseLock);
    }

    @Test
    void nobodyWaitsWithALightweightLock() {
        Backend backend = fixture.bound(7);
        backend.acquireLock();
        try {
            backend.memory().putInt(SchedulingFixture.BINARY.numHeldLwlocks, 2);
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> backend.await(WaitState.IDLE, Backend.NO_TIMER))
                    .withMessage("backend 7 waits while it holds 2 lightweight locks");
            assertThat(lock.heldByCurrentThread()).as("never given up").isTrue();
        } finally {
            backend.releaseLock();
        }
    }

    @Test
    void aHolderOfALightweightLockDoesNotLetOthersRun() throws InterruptedException {
        Backend backend = fixture.bound(7);
        Backend other = backend(8);
        backend.acquireLock();
        Thread waiting = new Thread(() -> acquireAndRelease(other), "waiting");
        waiting.start();
        while (!lock.contended()) {
            Thread.onSpinWait();
        }
        long before = lock.acquisitions();
        lock.endTurn();
        backend.memory().putInt(SchedulingFixture.BINARY.numHeldLwlocks, 1);
        backend.yieldToOthers();
        assertThat(lock.acquisitions()).isEqualTo(before);

        backend.memory().putInt(SchedulingFixture.BINARY.numHeldLwlocks, 0);
        backend.yieldToOthers();
        assertThat(lock.acquisitions()).isEqualTo(before + 2);
        backend.releaseLock();
        waiting.join();
    }

    private static void acquireAndRelease(Backend backend) {
        backend.acquireLock();
        backend.releaseLock();
    }

    @Test
    void aBackendIsNotInterruptedWherePostgresForbidsIt() {
        Backend backend = fixture.bound(7);
        assertThat(backend.mayBeInterrupted()).isTrue();
        for (int forbids :
                new int[] {
                    SchedulingFixture.BINARY.interruptHoldoffCount,
                    SchedulingFixture.BINARY.critSectionCount
                }) {
            backend.memory().putInt(forbids, 1);
            assertThat(backend.mayBeInterrupted()).isFalse();
            backend.memory().putInt(forbids, 0);
        }
    }

    @Test
    void aSignalOnlyAsksTheTargetToRaiseItItself() throws InterruptedException {
        Backend backend = fixture.bound(7);
        Thread sender = new Thread(() -> backend.signal(15), "sender");
        sender.start();
        sender.join();
        assertThat(backend.hasPendingSignals()).isTrue();
        assertThat(backend.memory().getInt(SchedulingFixture.BINARY.interruptPending)).isEqualTo(1);
    }

    @Test
    void aWakeUpBetweenTheLookAndTheWaitIsNotLost() {
        Backend backend = fixture.bound(7);
        backend.acquireLock();
        try {
            backend.prepareToWait();
            backend.wake();
            backend.await(WaitState.IDLE, Backend.NO_TIMER); // would not return
            assertThat(lock.heldByCurrentThread()).isTrue();
        } finally {
            backend.releaseLock();
        }
    }

    @Test
    void aBackendThatWasKilledNeverRunsAgain() {
        Backend backend = fixture.bound(7);
        backend.acquireLock();
        backend.prepareToWait();
        backend.kill();
        assertThatExceptionOfType(ClusterCrashException.class)
                .isThrownBy(() -> backend.await(WaitState.IDLE, Backend.NO_TIMER));
        backend.releaseLock();
    }

    private Backend backend(int pid) {
        return fixture.backend(pid);
    }
}
