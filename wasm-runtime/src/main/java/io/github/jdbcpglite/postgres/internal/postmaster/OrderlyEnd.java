package io.github.jdbcpglite.postgres.internal.postmaster;

import io.github.jdbcpglite.postgres.internal.maintenance.AuxiliaryKind;
import io.github.jdbcpglite.postgres.internal.maintenance.AuxiliaryProcesses;
import io.github.jdbcpglite.postgres.internal.process.Backend;
import io.github.jdbcpglite.postgres.internal.process.ProcessTable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Ends the processes of a cluster, each asked before it is made to: sessions first, then the
 * checkpointer, which writes a last checkpoint where the files outlive the cluster.
 */
final class OrderlyEnd {
    /** For how long processes are waited for that were asked to end. */
    static final long CLOSE_SECONDS = 10;

    private static final int SIGTERM = 15;
    private static final int SIGQUIT = 3;
    private static final long CHECKPOINT_SECONDS = 120;

    private final ProcessTable processes;
    private final AuxiliaryProcesses auxiliaries;

    /** Whether a last checkpoint was written; closing may be repeated. */
    private volatile boolean shutDown;

    OrderlyEnd(ProcessTable processes, AuxiliaryProcesses auxiliaries) {
        this.processes = processes;
        this.auxiliaries = auxiliaries;
    }

    /**
     * Ends all processes; none may be started any more.
     *
     * @param wantsCheckpoint whether a last checkpoint is to be written, asked after the sessions
     *     have ended
     */
    void run(BooleanSupplier wantsCheckpoint) {
        awaitDeparted();
        signalAll(SIGTERM);
        boolean inOrder = awaitEnd(this::endsBeforeCheckpoint);
        if (inOrder && wantsCheckpoint.getAsBoolean() && !shutDown) {
            shutDown = auxiliaries.shutDown(CHECKPOINT_SECONDS);
        }
        if (!shutDown) {
            // The checkpointer does not end by itself before it wrote a checkpoint.
            processes.all().stream()
                    .filter(backend -> !endsBeforeCheckpoint(backend))
                    .forEach(Backend::kill);
        }
        if (!awaitEnd(backend -> true)) {
            signalAll(SIGQUIT);
            awaitEnd(backend -> true);
        }
    }

    /**
     * Waits for backends whose clients have left; each ends by itself, and a signal would only make
     * it complain. A connection that was closed a moment ago so counts as closed.
     */
    void awaitDeparted() {
        awaitEnd(backend -> backend.channel().clientClosed());
    }

    private boolean endsBeforeCheckpoint(Backend backend) {
        return auxiliaries.kindOf(backend) != AuxiliaryKind.CHECKPOINTER;
    }

    private void signalAll(int signal) {
        for (Backend backend : processes.all()) {
            if (signal == SIGQUIT || endsBeforeCheckpoint(backend)) {
                backend.signal(signal);
            }
        }
    }

    private boolean awaitEnd(Predicate<Backend> which) {
        return processes.awaitEnd(which, CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
