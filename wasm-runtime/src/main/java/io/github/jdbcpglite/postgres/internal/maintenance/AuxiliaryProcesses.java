package io.github.jdbcpglite.postgres.internal.maintenance;

import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.postgres.internal.process.Backend;
import io.github.jdbcpglite.postgres.internal.process.ChildSlots;
import io.github.jdbcpglite.postgres.internal.process.GiantLock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's own processes in a cluster: starts them, tells them apart and ends them. When they
 * are needed is {@link Maintenance}'s to know. Thread-safe.
 *
 * <p>There is at most one of each kind but autovacuum workers, of which PostgreSQL's launcher asks
 * for no more than {@code autovacuum_max_workers}.
 */
public final class AuxiliaryProcesses {
    private static final int SIGINT = 2;
    private static final int SIGUSR1 = 10;
    private static final int SIGUSR2 = 12;
    private static final int SIGTERM = 15;

    /** Makes a process run: a thread for it, and a place in the table of processes. */
    public interface Starter {
        /**
         * Starts a process.
         *
         * @param childSlot its {@code MyPMChildSlot}
         * @param title what its thread is called
         * @param main runs it, with the giant lock held
         * @param ended is told when it has ended
         */
        Backend start(int childSlot, String title, Consumer<Backend> main, Consumer<Backend> ended);
    }

    private final Starter starter;
    private final long clusterStart;
    private final GiantLock lock;
    private final int firstSlot;
    private final ChildSlots slots;
    private final Map<Backend, AuxiliaryKind> kinds = new ConcurrentHashMap<>();
    private final Map<AuxiliaryKind, Backend> single = new EnumMap<>(AuxiliaryKind.class);

    /** Checkpoint flags asked for and not yet handed to the checkpointer. */
    private final AtomicInteger checkpointFlags = new AtomicInteger();

    private volatile boolean checkpointerReady;
    private boolean stopped;
    private boolean closed;

    /**
     * Makes an empty set.
     *
     * @param clusterStart when the cluster started, in microseconds since the year 2000
     * @param firstSlot number of child slots that client backends use
     * @param slotCount how many follow for these processes
     */
    public AuxiliaryProcesses(
            Starter starter, long clusterStart, GiantLock lock, int firstSlot, int slotCount) {
        this.starter = starter;
        this.clusterStart = clusterStart;
        this.lock = lock;
        this.firstSlot = firstSlot;
        this.slots = new ChildSlots(slotCount);
    }

    /** Returns how many run. */
    public int size() {
        return kinds.size();
    }

    /** Returns what a process is, or nothing if it serves a client. */
    public @Nullable AuxiliaryKind kindOf(Backend backend) {
        return kinds.get(backend);
    }

    /** Returns whether one of a kind runs. */
    boolean runs(AuxiliaryKind kind) {
        return kinds.containsValue(kind);
    }

    /** Starts a process if none of its kind runs, or another worker; nothing after the stop. */
    synchronized void start(AuxiliaryKind kind) {
        if (stopped || (kind != AuxiliaryKind.AUTOVACUUM_WORKER && single.containsKey(kind))) {
            return;
        }
        launch(kind);
    }

    private synchronized @Nullable Backend launch(AuxiliaryKind kind) {
        int slot = slots.take();
        if (slot == 0) {
            return null; // the launcher asks again later
        }
        Consumer<Backend> main = new AuxiliaryMain(kind, clusterStart)::run;
        Backend started;
        try {
            started =
                    starter.start(
                            firstSlot + slot,
                            kind.title().replace(' ', '-'),
                            kind == AuxiliaryKind.CHECKPOINTER ? this::runCheckpointer : main,
                            this::ended);
        } catch (OutOfMemoryError e) {
            // As when a postmaster cannot fork: it is tried again when it is next due.
            slots.giveBack(slot);
            log().log(System.Logger.Level.WARNING, "no thread for the " + kind.title(), e);
            return null;
        }
        kinds.put(started, kind);
        single.put(kind, started);
        if (started.ended().getCount() == 0) {
            ended(started); // before it was entered
        }
        return started;
    }

    private synchronized void ended(Backend backend) {
        AuxiliaryKind kind = kinds.remove(backend);
        if (kind != null) {
            slots.giveBack(backend.childSlot() - firstSlot);
            single.remove(kind, backend);
            if (kind == AuxiliaryKind.CHECKPOINTER) {
                checkpointerReady = false;
            }
        }
    }

    private void runCheckpointer(Backend backend) {
        handOverFlags(backend);
        checkpointerReady = true;
        new AuxiliaryMain(AuxiliaryKind.CHECKPOINTER, clusterStart).run(backend);
    }

    /** Moves flags to where the checkpointer looks; for the holder of the giant lock. */
    private void handOverFlags(Backend checkpointer) {
        LinearMemory memory = checkpointer.memory();
        int flags =
                memory.getInt(checkpointer.binary().checkpointerShmem)
                        + checkpointer.binary().checkpointerFlags;
        memory.putInt(flags, memory.getInt(flags) | checkpointFlags.getAndSet(0));
    }

    /**
     * Asks for a checkpoint, starting the checkpointer if it does not run; returns at once.
     *
     * @param flags as of {@code RequestCheckpoint}
     */
    void requestCheckpoint(int flags) {
        checkpointFlags.accumulateAndGet(flags, (a, b) -> a | b);
        start(AuxiliaryKind.CHECKPOINTER);
        Backend checkpointer = one(AuxiliaryKind.CHECKPOINTER);
        if (checkpointer == null || !checkpointerReady) {
            return; // it takes the flags when it starts
        }
        lock.acquireForHost();
        try {
            if (checkpointerReady) {
                handOverFlags(checkpointer);
            }
        } finally {
            lock.release();
        }
        checkpointer.signal(SIGUSR1); // whose handler sets the latch it sleeps on
    }

    synchronized @Nullable Backend one(AuxiliaryKind kind) {
        return single.get(kind);
    }

    /** Asks a process to end in its own way; any thread. */
    void terminate(AuxiliaryKind kind) {
        Backend running = one(kind);
        if (running != null) {
            running.signal(SIGTERM);
        }
    }

    /** Lets nothing be started any more, except for {@link #shutDown}. */
    synchronized void stopStarting() {
        stopped = true;
        closed = true;
    }

    /**
     * Ends all of them, and lets none be started until {@link #resume}. No client backend may run.
     *
     * @return whether they have ended in time
     */
    public boolean endAll(long timeoutSeconds) {
        synchronized (this) {
            stopped = true;
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutSeconds);
        List<Backend> running = List.copyOf(kinds.keySet());
        for (Backend backend : running) {
            // SIGTERM means nothing to the checkpointer.
            boolean checkpointer = kinds.get(backend) == AuxiliaryKind.CHECKPOINTER;
            backend.signal(checkpointer ? SIGUSR2 : SIGTERM);
        }
        try {
            boolean all = true;
            for (Backend backend : running) {
                all &= backend.ended().await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
            return all;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Lets processes be started again when they are needed. */
    public synchronized void resume() {
        stopped = closed;
    }

    /**
     * Has the checkpointer write the checkpoint after which nothing needs recovery, and end. No
     * other process may run.
     *
     * @return whether that was done in time
     */
    public boolean shutDown(long timeoutSeconds) {
        Backend checkpointer = one(AuxiliaryKind.CHECKPOINTER);
        if (checkpointer == null) {
            checkpointer = launch(AuxiliaryKind.CHECKPOINTER);
        }
        if (checkpointer == null) {
            return false;
        }
        checkpointer.signal(SIGINT);
        try {
            return checkpointer.ended().await(timeoutSeconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The checkpointer tells that the last checkpoint is written, and ends when told to. */
    void shutdownCheckpointWritten(Backend checkpointer) {
        checkpointer.signal(SIGUSR2);
    }

    private static System.Logger log() {
        return System.getLogger(AuxiliaryProcesses.class.getName());
    }
}
