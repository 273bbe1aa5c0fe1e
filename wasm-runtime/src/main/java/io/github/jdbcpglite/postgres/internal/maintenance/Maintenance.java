package io.github.jdbcpglite.postgres.internal.maintenance;

import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.postgres.internal.binary.PgBinary;
import io.github.jdbcpglite.postgres.internal.process.Backend;
import io.github.jdbcpglite.postgres.internal.process.ProcessTable;
import io.github.jdbcpglite.postgres.internal.process.Ticker;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a cluster needs PostgreSQL's own processes, as the postmaster and the writers of WAL
 * do in a server.
 *
 * <p>The checkpointer is asked for a checkpoint when as much WAL was written since the last as
 * {@code max_wal_size} allows, or a few megabytes where WAL takes the last of the memory, and when
 * {@code checkpoint_timeout} has passed since the cluster was first written to; from then on it
 * keeps the time itself. The autovacuum launcher starts some seconds after a cluster was written to
 * and ends when nothing was for two rounds. A cluster nobody writes to has none of them.
 *
 * <p>How much was written is read from shared memory by the {@link Ticker}, while a backend runs,
 * without a lock: a value that comes late or torn is corrected by the next. What is due is started
 * by a thread of this class, which exists from the first need on.
 */
public final class Maintenance implements Runnable {
    private static final int SIGHUP = 1;
    private static final int SIGUSR1 = 10;

    /** {@code CHECKPOINT_FAST}, {@code _REQUESTED}, {@code _CAUSE_XLOG}, {@code _CAUSE_TIME}. */
    private static final int CHECKPOINT_FOR_VOLUME = 0x4 | 0x40 | 0x80;

    private static final int CHECKPOINT_FOR_TIME = 0x4 | 0x100;

    private static final long NEVER = Long.MAX_VALUE;
    private static final long LAUNCH_DELAY_SECONDS = 5;
    private static final long STACK_BYTES = 256 * 1024;

    /** Less WAL than this between two looks is no activity. */
    private static final long QUIET_BYTES = 8 * 1024;

    private static final int QUIET_ROUNDS = 2;

    /** WAL for which a checkpoint is worth while because it lets go of the segments before. */
    private static final long WAL_WHEN_TIGHT_BYTES = 4 << 20;

    private final String threadName;
    private final AuxiliaryProcesses processes;
    private final ProcessTable table;
    private final boolean walWriter;
    private final BooleanSupplier tight;
    private final PgBinary binary;
    private volatile long walSeen;

    // Guarded by this.
    private long walAtCheckpoint;
    private long walAtVacuum;
    private boolean volumeReached;
    private boolean firstWrite;
    private long checkpointDue = NEVER;
    private long launcherDue = NEVER;
    private long launcherLook = NEVER;
    private int quietRounds;
    private long naptimeNanos = TimeUnit.MINUTES.toNanos(1);
    private @Nullable Thread thread;
    private boolean stopped;

    /**
     * Makes the maintenance of a cluster; nothing starts yet.
     *
     * @param walWriter whether WAL of commits that did not wait for it has to reach a disk soon
     * @param tight whether WAL is in memory, of which there is little left
     * @param binary where PostgreSQL's variables are
     */
    public Maintenance(
            String threadName,
            AuxiliaryProcesses processes,
            ProcessTable table,
            boolean walWriter,
            BooleanSupplier tight,
            PgBinary binary) {
        this.threadName = threadName;
        this.processes = processes;
        this.table = table;
        this.walWriter = walWriter;
        this.tight = tight;
        this.binary = binary;
    }

    /** Looks how much WAL there is; for the ticker, while a backend runs or just after. */
    public void observe(Backend backend) {
        backend.look(this::observe);
    }

    private void observe(LinearMemory memory) {
        int control = memory.getInt(binary.xlogCtl);
        if (control == 0) {
            return;
        }
        long wal = memory.getLong(control + binary.xlogInsertPosition);
        if (wal > walSeen) {
            written(memory, wal);
        }
    }

    /** Looks once more before the ticker sleeps, since short statements run between its looks. */
    public void observeIdle() {
        for (Backend backend : table.all()) {
            observe(backend);
        }
    }

    private synchronized void written(LinearMemory memory, long wal) {
        boolean first = walSeen == 0;
        walSeen = wal;
        if (first) {
            walAtCheckpoint = wal;
            walAtVacuum = wal;
            return;
        }
        long now = System.nanoTime();
        boolean due = false;
        long limit = (long) memory.getInt(binary.maxWalSizeMb) << 20;
        long sinceCheckpoint = wal - walAtCheckpoint;
        if (!volumeReached
                && (sinceCheckpoint >= volumeTrigger(memory, limit)
                        || (sinceCheckpoint >= WAL_WHEN_TIGHT_BYTES && tight.getAsBoolean()))) {
            volumeReached = true;
            due = true;
        }
        if (checkpointDue == NEVER && !processes.runs(AuxiliaryKind.CHECKPOINTER)) {
            long seconds = memory.getInt(binary.checkPointTimeoutSeconds);
            checkpointDue = now + TimeUnit.SECONDS.toNanos(seconds);
            due = true;
        }
        if (launcherDue == NEVER && launcherLook == NEVER && wantsAutovacuum(memory, wal)) {
            long naptime = memory.getInt(binary.autovacuumNaptimeSeconds);
            naptimeNanos = TimeUnit.SECONDS.toNanos(naptime);
            launcherDue = now + TimeUnit.SECONDS.toNanos(Math.min(naptime, LAUNCH_DELAY_SECONDS));
            due = true;
        }
        if (!firstWrite) {
            firstWrite = true;
            due = true;
        }
        if (due) {
            wake();
        }
    }

    /** As {@code CalculateCheckpointSegments} of {@code xlog.c}. */
    private double volumeTrigger(LinearMemory memory, long maxWalBytes) {
        return maxWalBytes / (1.0 + memory.getDouble(binary.checkPointCompletionTarget));
    }

    private boolean wantsAutovacuum(LinearMemory memory, long wal) {
        return wal - walAtVacuum > QUIET_BYTES
                && memory.getByte(binary.autovacuumStartDaemon) != 0
                && memory.getByte(binary.pgstatTrackCounts) != 0;
    }

    /** Does what the postmaster does with a signal from one of its children. */
    public void postmasterSignal(Backend sender, int signal) {
        if (signal == SIGHUP) {
            table.reload();
        } else if (signal == SIGUSR1) {
            AuxiliaryKind kind = processes.kindOf(sender);
            if (kind == AuxiliaryKind.AUTOVACUUM_LAUNCHER) {
                processes.start(AuxiliaryKind.AUTOVACUUM_WORKER);
            } else if (kind == AuxiliaryKind.CHECKPOINTER) {
                processes.shutdownCheckpointWritten(sender);
            } else if (kind == null) {
                // A backend asks for autovacuum itself only when transaction numbers run out.
                processes.start(AuxiliaryKind.AUTOVACUUM_LAUNCHER);
            }
        }
    }

    private void wake() {
        Thread running = thread;
        if (running != null) {
            LockSupport.unpark(running);
        } else if (!stopped) {
            Thread made = new Thread(null, this, threadName, STACK_BYTES, false);
            made.setDaemon(true);
            made.start(); // may fail, and is then tried again
            thread = made;
        }
    }

    @Override
    public void run() {
        while (true) {
            long wait = work();
            if (wait < 0) {
                return;
            }
            if (wait == NEVER) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, wait);
            }
        }
    }

    /** Does what is due; returns the nanoseconds until something else is, -1 at the end. */
    private long work() {
        int checkpoint = 0;
        boolean launch = false;
        boolean endLauncher = false;
        long wait;
        synchronized (this) {
            if (stopped) {
                return -1;
            }
            long now = System.nanoTime();
            if (volumeReached) {
                volumeReached = false;
                checkpoint |= CHECKPOINT_FOR_VOLUME;
            }
            if (isDue(checkpointDue, now)) {
                checkpoint |= CHECKPOINT_FOR_TIME;
            }
            if (checkpoint != 0) {
                walAtCheckpoint = walSeen;
                checkpointDue = NEVER;
            }
            if (isDue(launcherDue, now)) {
                launcherDue = NEVER;
                launch = true;
                quietRounds = 0;
                walAtVacuum = walSeen;
                launcherLook = now + naptimeNanos;
            } else if (isDue(launcherLook, now)) {
                endLauncher = !keepsLauncher();
                launcherLook = endLauncher ? NEVER : now + naptimeNanos;
            }
            wait = earliest(now);
        }
        if (walWriter) {
            processes.start(AuxiliaryKind.WAL_WRITER);
        }
        if (checkpoint != 0) {
            log().log(System.Logger.Level.DEBUG, "checkpoint, flags {0}", checkpoint);
            processes.requestCheckpoint(checkpoint);
        }
        if (launch) {
            processes.start(AuxiliaryKind.AUTOVACUUM_LAUNCHER);
        } else if (endLauncher) {
            processes.terminate(AuxiliaryKind.AUTOVACUUM_LAUNCHER);
        }
        return wait;
    }

    private boolean keepsLauncher() {
        boolean quiet =
                walSeen - walAtVacuum <= QUIET_BYTES
                        && !processes.runs(AuxiliaryKind.AUTOVACUUM_WORKER);
        walAtVacuum = walSeen;
        quietRounds = quiet ? quietRounds + 1 : 0;
        return quietRounds < QUIET_ROUNDS;
    }

    private static boolean isDue(long deadline, long now) {
        return deadline != NEVER && now - deadline >= 0;
    }

    private long earliest(long now) {
        long wait = NEVER;
        for (long deadline : new long[] {checkpointDue, launcherDue, launcherLook}) {
            if (deadline != NEVER) {
                wait = Math.min(wait, Math.max(1, deadline - now));
            }
        }
        return wait;
    }

    /** Lets nothing more be started. */
    public void stop() {
        processes.stopStarting();
        synchronized (this) {
            stopped = true;
            if (thread != null) {
                LockSupport.unpark(thread);
            }
        }
    }

    private static System.Logger log() {
        return System.getLogger(Maintenance.class.getName());
    }
}
