package io.github.jdbcpglite.wasm.sched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.jdbcpglite.wasm.io.DuplexChannel;
import org.junit.jupiter.api.Test;

/** That the assertions of the package's invariants fail when one does not hold. */
class InvariantsTest {
    private final ClusterCounters counters = new ClusterCounters();
    private final GiantLock lock = new GiantLock(counters);
    private final Ticker ticker = new Ticker("ticker-test", lock, running -> {}, () -> {});

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

    private Backend backend(int pid) {
        return new Backend(pid, pid, new DuplexChannel().server(), lock, ticker, counters);
    }
}
