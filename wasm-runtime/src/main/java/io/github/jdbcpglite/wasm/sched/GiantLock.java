package io.github.jdbcpglite.wasm.sched;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets one backend of a cluster run at a time, since the guest's shared memory has no atomics.
 *
 * <p>Handed over in order of arrival, so that a backend that computes and yields does not get it
 * back before those that wait. The acquisition count tells the {@link Ticker} whether the same
 * backend has been running for a whole tick.
 */
final class GiantLock {
    private final ReentrantLock lock = new ReentrantLock(true);
    private final ClusterCounters counters;
    private volatile @Nullable Backend holder;
    private volatile long acquisitions;

    /** Makes a free lock that counts who waits for it. */
    GiantLock(ClusterCounters counters) {
        this.counters = counters;
    }

    /** Waits until the backend may run. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // only the holder of the lock writes it
    void acquire(Backend backend) {
        lock();
        holder = backend;
        acquisitions = acquisitions + 1;
    }

    /** Waits until no backend runs, so that a thread of the host may touch shared memory. */
    void acquireForHost() {
        lock();
    }

    private void lock() {
        // A look first: reading the clock takes longer than taking a lock that is free.
        if (!lock.isLocked()) {
            lock.lock();
            return;
        }
        long since = System.nanoTime();
        lock.lock();
        counters.waitedForTurn(System.nanoTime() - since);
    }

    /** Lets others run. */
    void release() {
        holder = null;
        lock.unlock();
    }

    /** Returns whether somebody waits for the lock. */
    boolean contended() {
        return lock.hasQueuedThreads();
    }

    /** Returns whether the calling thread may touch shared memory. */
    boolean heldByCurrentThread() {
        return lock.isHeldByCurrentThread();
    }

    /** Returns who runs, as a hint for other threads. */
    @Nullable Backend holder() {
        return holder;
    }

    /** Returns how often the lock has been taken. */
    long acquisitions() {
        return acquisitions;
    }
}
