package io.github.jdbcpglite.postgres.internal.postmaster;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether a cluster takes connections: at first it does; one that was closed can still crash while
 * it ends, and a crash is for good. Thread-safe.
 */
final class ClusterState {
    private enum Life {
        OPEN,
        CLOSED,
        CRASHED
    }

    private final String cluster;
    private final AtomicReference<Life> life = new AtomicReference<>(Life.OPEN);

    /** Makes the state of a cluster that runs. */
    ClusterState(String cluster) {
        this.cluster = cluster;
    }

    void close() {
        life.compareAndSet(Life.OPEN, Life.CLOSED);
    }

    void crash() {
        life.set(Life.CRASHED);
    }

    boolean isOpen() {
        return life.get() == Life.OPEN;
    }

    boolean hasCrashed() {
        return life.get() == Life.CRASHED;
    }

    /** Refuses what needs a cluster that runs. */
    void requireOpen() throws RefusedException {
        Life now = life.get();
        if (now == Life.CRASHED) {
            throw new RefusedException(
                    RefusedException.Reason.CRASHED,
                    "the cluster " + cluster + " has crashed",
                    null);
        }
        if (now == Life.CLOSED) {
            throw new RefusedException(
                    RefusedException.Reason.CLOSED, "the cluster " + cluster + " is closed", null);
        }
    }
}
