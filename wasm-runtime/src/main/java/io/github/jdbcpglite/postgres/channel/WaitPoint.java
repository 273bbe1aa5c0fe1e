package io.github.jdbcpglite.postgres.channel;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where one side of a pipe waits for the other: a thread that parks, or a listener that is called.
 *
 * <p>See rules 3 to 6 of the package.
 */
final class WaitPoint {
    private final BooleanSupplier condition;
    private volatile boolean armed;
    private volatile @Nullable Thread parked;
    private volatile Runnable listener = () -> {};

    /** Only the waiting side touches it. */
    private final AdaptiveSpin spin;

    /**
     * Creates a wait point.
     *
     * @param condition what its side waits for
     */
    WaitPoint(BooleanSupplier condition) {
        this.condition = condition;
        this.spin = new AdaptiveSpin(condition);
    }

    void listener(Runnable newListener) {
        listener = newListener;
    }

    /** Asks to be told of the next change. The caller must look once more after this. */
    void arm() {
        armed = true;
    }

    /** Wakes who is armed. The caller has published its change before this. */
    void signal() {
        if (armed) {
            armed = false;
            Thread thread = parked;
            if (thread != null) {
                LockSupport.unpark(thread);
            }
            listener.run();
        }
    }

    /** Returns whether a thread has parked here, or is about to, and has not gone on. */
    boolean isParked() {
        return parked != null;
    }

    /**
     * Waits on the current thread until the condition holds. An interrupt does not end the wait, as
     * it does not for a socket; it is kept for the caller.
     *
     * @param deadlineNanos a value of {@link System#nanoTime}, or {@link BytePipe#NO_DEADLINE}
     * @return whether the condition held before the deadline
     */
    boolean await(long deadlineNanos) {
        spin.begin();
        if (spin.spin()) {
            spin.end();
            return true;
        }
        boolean interrupted = false;
        parked = Thread.currentThread();
        try {
            while (true) {
                arm();
                if (condition.getAsBoolean()) {
                    return true;
                }
                if (deadlineNanos == BytePipe.NO_DEADLINE) {
                    LockSupport.park(this);
                } else {
                    long left = deadlineNanos - System.nanoTime();
                    if (left <= 0) {
                        return false;
                    }
                    LockSupport.parkNanos(this, left);
                }
                interrupted |= Thread.interrupted();
            }
        } finally {
            parked = null;
            armed = false;
            spin.end();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
