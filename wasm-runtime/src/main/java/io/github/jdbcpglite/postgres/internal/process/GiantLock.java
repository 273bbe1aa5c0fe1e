package io.github.jdbcpglite.postgres.internal.process;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets one backend of a cluster run at a time, since the guest's shared memory has no atomics.
 *
 * <p>Whoever runs already may take a free lock before those that wait for it, because a thread that
 * has to be woken first leaves the lock idle until the system runs it, which on a busy machine
 * takes longer than a statement. In turn for that, once in {@link #SLICE_NANOS} the next turn
 * belongs to who has waited longest, so that a process behind <i>n</i> others gets its turn after
 * <i>n</i> slices and what the holders in between need, at the latest. PostgreSQL's own processes
 * never go before others.
 *
 * <p>A holder gives its turn away in the middle of its work ({@link #handOver}) when the {@link
 * Ticker} has found its turn to be over. The acquisition count tells the ticker whether the same
 * backend has been running for a whole tick.
 */
public final class GiantLock {
    /** For how long others may go before the one that has waited longest. */
    static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final ReentrantLock lock = new ReentrantLock(true);
    private final ClusterCounters counters;
    private final AtomicInteger waitingInFront = new AtomicInteger();
    private volatile @Nullable Backend holder;
    private volatile long acquisitions;
    private volatile boolean turnOver;

    /** The next turn belongs to who has waited longest. */
    private volatile boolean promised;

    /** When somebody who had waited got the lock, or began to wait alone; a hint. */
    private volatile long lastInOrderNanos;

    /** Makes a free lock that counts who waits for it. */
    public GiantLock(ClusterCounters counters) {
        this.counters = counters;
    }

    /** Waits until the backend may run. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // only the holder of the lock writes it
    void acquire(Backend backend) {
        lock(backend.background());
        holder = backend;
        acquisitions = acquisitions + 1;
    }

    /** Waits until no backend runs, so that a thread of the host may touch shared memory. */
    public void acquireForHost() {
        lock(false);
    }

    private void lock(boolean background) {
        // The lock is a fair one, but for tryLock.
        if (promised || background || !lock.tryLock()) {
            lockInOrder(background);
        }
        turnOver = false;
    }

    private void lockInOrder(boolean background) {
        if (!lock.isLocked() && !contended()) {
            lock.lock();
            promised = false;
            return;
        }
        long since = System.nanoTime();
        if (!contended()) {
            lastInOrderNanos = since;
        }
        int inFront = background ? 0 : 1;
        waitingInFront.addAndGet(inFront);
        lock.lock();
        waitingInFront.addAndGet(-inFront);
        promised = false;
        long now = System.nanoTime();
        lastInOrderNanos = now;
        counters.waitedForTurn(now - since);
    }

    /** Lets others run. */
    public void release() {
        if (contended() && System.nanoTime() - lastInOrderNanos > SLICE_NANOS) {
            promised = true;
        }
        holder = null;
        lock.unlock();
    }

    /** Lets the one run that has waited longest, and then waits for a turn of the backend's. */
    void handOver(Backend backend) {
        promised = true;
        release();
        acquire(backend);
    }

    /** Tells the holder that it has run for long enough while others wait; any thread. */
    public void endTurn() {
        turnOver = true;
    }

    /** Returns whether the holder ought to let others run. */
    boolean turnIsOver() {
        return turnOver && contended();
    }

    /** Returns whether somebody waits for the lock. */
    public boolean contended() {
        return lock.hasQueuedThreads();
    }

    /** Returns whether somebody waits for whom a client waits, or the host. */
    boolean contendedInFront() {
        return waitingInFront.get() != 0;
    }

    /** Returns whether the calling thread may touch shared memory. */
    public boolean heldByCurrentThread() {
        return lock.isHeldByCurrentThread();
    }

    /** Returns who runs, as a hint for other threads. */
    @Nullable Backend holder() {
        return holder;
    }

    /** Returns how often the lock has been taken. */
    public long acquisitions() {
        return acquisitions;
    }
}
