package io.github.jdbcpglite.postgres.internal.process;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Interrupts the backend that runs, when a timer of its own has expired, or when it has run for a
 * whole tick while others wait for their turn; for some more, if those are no clients' processes.
 *
 * <p>Interrupting is writing 1 to PostgreSQL's {@code InterruptPending}; the next
 * CHECK_FOR_INTERRUPTS then reaches the host. The thread sleeps for as long as nobody runs: a
 * backend that takes the giant lock calls {@link #nudge}.
 */
public final class Ticker implements Runnable {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** Whole ticks for which one that serves a client runs while only background work waits. */
    private static final int TICKS_BEFORE_BACKGROUND = 4;

    private final GiantLock lock;
    private final Consumer<Backend> observer;
    private final Runnable beforeSleep;
    private final Thread thread;

    /** Whole ticks that the holder of the lock has run; of the ticker's thread. */
    private int ticksOfTurn;

    private volatile boolean asleep;
    private volatile boolean stopped;

    /**
     * Makes a ticker.
     *
     * @param observer is shown the backend that runs, once in every tick
     * @param beforeSleep runs when nobody has run for a tick
     */
    public Ticker(String name, GiantLock lock, Consumer<Backend> observer, Runnable beforeSleep) {
        this.lock = lock;
        this.observer = observer;
        this.beforeSleep = beforeSleep;
        this.thread = new Thread(null, this, name, 128 * 1024, false);
        thread.setDaemon(true);
    }

    /** Starts its thread. */
    public void start() {
        thread.start();
    }

    /** Ends its thread, without waiting for it. */
    public void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    Thread thread() {
        return thread;
    }

    /** Wakes the ticker if it sleeps; cheap when it does not. */
    void nudge() {
        if (asleep) {
            asleep = false;
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void run() {
        long seen = -1;
        while (!stopped) {
            try {
                seen = tick(seen);
            } catch (OutOfMemoryError e) {
                // A session has filled the heap. What is left undone here is done at the next tick,
                // and without ticks nobody could interrupt that session.
                LockSupport.parkNanos(this, TICK_NANOS);
            }
        }
    }

    private long tick(long seen) {
        long now = lock.acquisitions();
        Backend running = lock.holder();
        if (running == null && now == seen) {
            sleepUntilNudged(now);
            return seen;
        }
        if (running != null) {
            ticksOfTurn = now == seen ? ticksOfTurn + 1 : 0;
            interruptIfDue(running, ticksOfTurn);
            observer.accept(running);
        }
        LockSupport.parkNanos(this, TICK_NANOS);
        return now;
    }

    private void sleepUntilNudged(long seen) {
        beforeSleep.run();
        asleep = true;
        // A backend that took the lock before it could see the flag is noticed here.
        if (lock.holder() == null && lock.acquisitions() == seen && !stopped) {
            LockSupport.park(this);
        }
        asleep = false;
    }

    private void interruptIfDue(Backend running, int ticks) {
        if (running.timerExpired() || running.hasPendingSignals()) {
            running.requestInterrupt();
        } else if (ticks >= turnOf(running) && lock.contended() && lock.holder() == running) {
            lock.endTurn();
            running.requestInterrupt();
        }
    }

    /** Returns how many whole ticks a process may run while others wait. */
    private int turnOf(Backend running) {
        return running.background() || lock.contendedInFront() ? 1 : TICKS_BEFORE_BACKGROUND;
    }
}
