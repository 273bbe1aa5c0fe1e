package io.github.jdbcpglite.postgres.internal.process;

import io.github.jdbcpglite.engine.Guest;
import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.engine.MemoryLease;
import io.github.jdbcpglite.postgres.channel.AdaptiveSpin;
import io.github.jdbcpglite.postgres.channel.ServerEnd;
import io.github.jdbcpglite.postgres.internal.binary.PgBinary;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL backend: a guest process with a pid, a thread and a client.
 *
 * <p>Holds what other threads need of it: pending signals, the timer and the wake-up flag. The
 * methods that touch guest memory are for its own thread, with the giant lock held, unless they say
 * otherwise.
 */
public final class Backend {
    /** The stack of every thread that PostgreSQL runs on. */
    public static final long STACK_BYTES = 64L << 20;

    public static final long NO_TIMER = Long.MAX_VALUE;
    private static final int SIGURG = 23;

    /** For how long nobody runs so that a client can be woken that has to see something first. */
    private static final long DELIVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int MAX_SIGNAL = 63;

    /** SIGQUIT, SIGALRM and SIGTERM: what {@code StartupBlockSig} lets through. */
    private static final long STARTUP_SIGNALS = 1L << 3 | 1L << 14 | 1L << 15;

    private final int pid;
    private final int childSlot;
    private final ServerEnd channel;
    private final GiantLock lock;
    private final Ticker ticker;
    private final ClusterCounters counters;
    private final PgBinary binary;
    private final long createdNanos = System.nanoTime();
    private volatile WaitState state = WaitState.ACTIVE;
    private volatile boolean background;
    private boolean ready;
    private Consumer<Backend> whenReady = backend -> {};
    private final AtomicLong pendingSignals = new AtomicLong();
    private volatile long timerDeadlineNanos = NO_TIMER;
    private volatile boolean wakeRequested;
    private final AdaptiveSpin spin = new AdaptiveSpin(() -> wakeRequested);
    private volatile boolean killed;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Thread thread;
    private volatile @Nullable Guest guest;
    private volatile @Nullable MemoryLease lease;

    /** Makes a process that does not run yet: it is bound to its guest later. */
    public Backend(
            int pid,
            int childSlot,
            ServerEnd channel,
            GiantLock lock,
            Ticker ticker,
            ClusterCounters counters,
            PgBinary binary) {
        this.pid = pid;
        this.childSlot = childSlot;
        this.channel = channel;
        this.lock = lock;
        this.ticker = ticker;
        this.counters = counters;
        this.binary = binary;
    }

    /** Returns the pid, as PostgreSQL sees it. */
    public int pid() {
        return pid;
    }

    /** Returns the postmaster's slot of this child, from 1. */
    public int childSlot() {
        return childSlot;
    }

    /** Returns where PostgreSQL's variables are. */
    public PgBinary binary() {
        return binary;
    }

    /** Returns the server's end of its connection. */
    public ServerEnd channel() {
        return channel;
    }

    /** Makes it a process for which no client waits, before it runs. */
    public void runInBackground() {
        background = true;
    }

    /** Returns whether no client waits for it. */
    boolean background() {
        return background;
    }

    /** Returns what it is doing; any thread. */
    public WaitState state() {
        return state;
    }

    /** Returns where it is counted what happens to the backend. */
    public ClusterCounters counters() {
        return counters;
    }

    /** Returns what opens when the backend has ended. */
    public CountDownLatch ended() {
        return ended;
    }

    /** Sets what is told, by the backend's thread, when it has started; before it runs. */
    public void whenReady(Consumer<Backend> action) {
        whenReady = action;
    }

    /**
     * Binds the backend to its guest and the calling thread.
     *
     * @param memoryLease of the guest's memory, by which other threads look into it
     */
    public void bind(Guest instance, MemoryLease memoryLease) {
        // The page becomes private before another thread may store into it.
        instance.memory().putInt(binary.interruptPending, 0);
        guest = instance;
        lease = memoryLease;
        thread = Thread.currentThread();
        channel.listener(this::wake);
    }

    /** Lets go of the instance, which a client may outlive that keeps its closed connection. */
    public void unbind() {
        guest = null;
        lease = null;
    }

    /** Returns the guest that it was bound to. */
    public Guest guest() {
        Guest bound = guest;
        if (bound == null) {
            throw new IllegalStateException("the backend has no instance yet");
        }
        return bound;
    }

    /** Lets any thread look into the guest's memory, if there is one and it is not gone. */
    public void look(Consumer<LinearMemory> look) {
        MemoryLease held = lease;
        if (held != null) {
            held.look(look);
        }
    }

    /** Returns the memory of its guest. */
    public LinearMemory memory() {
        return guest().memory();
    }

    /**
     * Waits until the backend may run.
     *
     * @throws ClusterCrashException if it never may again; the lock is held all the same
     */
    public void acquireLock() {
        lock.acquire(this);
        hasTurn();
    }

    private void hasTurn() {
        ticker.nudge();
        if (killed) {
            throw new ClusterCrashException();
        }
        if (hasPendingSignals()) {
            requestInterrupt();
        }
    }

    /** Ends the backend where it waits next, without running any more of the guest; any thread. */
    public void kill() {
        killed = true;
        wake();
    }

    /** Lets go of the giant lock. */
    public void releaseLock() {
        lock.release();
    }

    /** Sends a signal; any thread. */
    public void signal(int signal) {
        if (signal <= 0 || signal > MAX_SIGNAL) {
            throw new IllegalArgumentException("no such signal: " + signal);
        }
        if (signal != SIGURG) {
            pendingSignals.accumulateAndGet(1L << signal, (a, b) -> a | b);
            requestInterrupt();
        }
        wake();
    }

    /** Lets a waiting backend look at its conditions again; any thread. */
    public void wake() {
        wakeRequested = true;
        LockSupport.unpark(thread);
    }

    /**
     * Makes the next CHECK_FOR_INTERRUPTS call the host; any thread. The store races with the
     * guest's own, which is harmless: a lost one is repeated by the ticker.
     */
    void requestInterrupt() {
        look(memory -> memory.putInt(binary.interruptPending, 1));
    }

    /** Returns whether a signal waits to be delivered. */
    public boolean hasPendingSignals() {
        return pendingSignals.get() != 0;
    }

    /** Returns whether the timer is due; any thread. */
    boolean timerExpired() {
        long deadline = timerDeadlineNanos;
        return deadline != NO_TIMER && System.nanoTime() - deadline >= 0;
    }

    /** Sets when SIGALRM is due in {@link System#nanoTime} terms, or {@link #NO_TIMER}. */
    void timer(long deadlineNanos) {
        timerDeadlineNanos = deadlineNanos;
    }

    /** Runs the guest's handlers of pending signals and of an expired timer. */
    public boolean deliverSignals() {
        assert mayRunGuest() : "signals of backend " + pid + " delivered by another thread";
        boolean delivered = false;
        if (timerExpired()) {
            timerDeadlineNanos = NO_TIMER;
            delivered = true;
            guest().call(
                            "_emscripten_timeout",
                            0,
                            Double.doubleToRawLongBits(System.nanoTime() / 1_000_000.0));
        }
        long mask = pendingSignals.get();
        if (memory().getInt(binary.myProc) == 0) {
            // PostgreSQL blocks all others until the start-up packet has come.
            mask &= STARTUP_SIGNALS;
        }
        pendingSignals.accumulateAndGet(mask, (all, taken) -> all & ~taken);
        while (mask != 0) {
            int signal = Long.numberOfTrailingZeros(mask);
            mask &= mask - 1;
            delivered = true;
            guest().call("raise", signal);
        }
        return delivered;
    }

    /** Must precede the look at the conditions of a wait. */
    public void prepareToWait() {
        wakeRequested = false;
    }

    /**
     * Gives up the giant lock until somebody calls {@link #wake}, the timer is due or the deadline
     * has passed.
     *
     * @param why is the backend's state meanwhile
     * @param deadlineNanos in {@link System#nanoTime} terms, or {@link #NO_TIMER}
     */
    public void await(WaitState why, long deadlineNanos) {
        assert mayRunGuest() : "backend " + pid + " waits on another thread";
        checkNoLightweightLocks();
        if (why != WaitState.IDLE) {
            awaitDelivery();
        }
        state = why;
        releaseLock();
        try {
            long deadline = earlier(deadlineNanos, timerDeadlineNanos);
            spin.begin();
            if (!lock.contended() && spin.spin()) {
                return;
            }
            while (!wakeRequested) {
                if (deadline == NO_TIMER) {
                    LockSupport.park(this);
                } else {
                    long left = deadline - System.nanoTime();
                    if (left <= 0) {
                        break;
                    }
                    LockSupport.parkNanos(this, left);
                }
            }
        } finally {
            spin.end();
            state = WaitState.ACTIVE;
            acquireLock();
        }
    }

    /**
     * Lets a client that waits for an answer take what was sent to it, such as a notice: others see
     * the wait that follows as soon as they run, and a server's socket delivers before that. The
     * wake-up flag stays as it is; a wake-up that comes meanwhile ends the wait that follows.
     */
    private void awaitDelivery() {
        if (!channel.delivering()) {
            return;
        }
        long deadline = System.nanoTime() + DELIVERY_NANOS;
        while (channel.delivering()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return;
            }
            LockSupport.parkNanos(this, left);
        }
    }

    /**
     * Notes that the backend reads from its client. When it does so and has a process slot, it has
     * started: before that it reads the start-up packet alone.
     */
    void noteReading() {
        if (!ready && memory().getInt(binary.myProc) != 0) {
            ready = true;
            counters.backendStarted(System.nanoTime() - createdNanos);
            whenReady.accept(this);
        }
    }

    /** Returns whether this is the backend's thread and holds the giant lock. */
    private boolean mayRunGuest() {
        return lock.heldByCurrentThread() && Thread.currentThread() == thread;
    }

    private static long earlier(long a, long b) {
        if (a == NO_TIMER) {
            return b;
        }
        return b == NO_TIMER || a - b < 0 ? a : b;
    }

    /**
     * Lets waiting backends run if the turn of this one is over, at a place where PostgreSQL may be
     * interrupted.
     */
    public void yieldToOthers() {
        assert mayRunGuest() : "backend " + pid + " yields on another thread";
        if (lock.turnIsOver() && heldLightweightLocks() == 0) {
            lock.handOver(this);
            hasTurn();
        }
    }

    /** Returns whether ProcessInterrupts would act now. */
    public boolean mayBeInterrupted() {
        return memory().getInt(binary.interruptHoldoffCount) == 0
                && memory().getInt(binary.critSectionCount) == 0;
    }

    /** Returns how many LWLocks the guest holds. */
    public int heldLightweightLocks() {
        return memory().getInt(binary.numHeldLwlocks);
    }

    private void checkNoLightweightLocks() {
        int held = heldLightweightLocks();
        if (held != 0) {
            throw new IllegalStateException(
                    "backend " + pid + " waits while it holds " + held + " lightweight locks");
        }
    }
}
