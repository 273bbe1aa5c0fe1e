package io.github.jdbcpglite.postgres.internal.postmaster;

import io.github.jdbcpglite.engine.MemoryAccount;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.postgres.channel.DuplexChannel;
import io.github.jdbcpglite.postgres.channel.ServerEnd;
import io.github.jdbcpglite.postgres.internal.binary.PgConstants;
import io.github.jdbcpglite.postgres.internal.boot.BootException;
import io.github.jdbcpglite.postgres.internal.boot.ClusterImage;
import io.github.jdbcpglite.postgres.internal.boot.ForkSnapshot;
import io.github.jdbcpglite.postgres.internal.boot.ForkSource;
import io.github.jdbcpglite.postgres.internal.boot.ForkedProcess;
import io.github.jdbcpglite.postgres.internal.boot.SpareProcesses;
import io.github.jdbcpglite.postgres.internal.boot.SpareThread;
import io.github.jdbcpglite.postgres.internal.maintenance.AuxiliaryProcesses;
import io.github.jdbcpglite.postgres.internal.maintenance.Maintenance;
import io.github.jdbcpglite.postgres.internal.process.Backend;
import io.github.jdbcpglite.postgres.internal.process.BackendMain;
import io.github.jdbcpglite.postgres.internal.process.ChildSlots;
import io.github.jdbcpglite.postgres.internal.process.GiantLock;
import io.github.jdbcpglite.postgres.internal.process.GuestProcessLauncher;
import io.github.jdbcpglite.postgres.internal.process.ProcessTable;
import io.github.jdbcpglite.postgres.internal.process.Ticker;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A running cluster: PostgreSQL's shared memory, and the backends over it. It says who may connect
 * and what a crash ends; how processes start and end is told by its parts.
 *
 * <p>Safe for use by several threads. Closing ends the backends in order and is idempotent.
 */
public final class Postmaster implements AutoCloseable {
    private static final int AUXILIARY_SLOTS = 24;

    /** Memory is tight when less than this is left. */
    private static final long TIGHT_BYTES = 8 << 20;

    /** Bytes; processes without a client have a channel that nobody uses. */
    private static final int MINIMAL_CHANNEL = 16;

    private final ClusterPlan plan;
    private final GuestProcessLauncher launcher;
    private final ForkSnapshot fork;
    private final ChildSlots slots;
    private final GiantLock lock;
    private final ProcessTable processes = new ProcessTable();
    private final Ticker ticker;
    private final AuxiliaryProcesses auxiliaries;
    private final Maintenance maintenance;
    private final SpareProcesses<ForkedProcess> spares;
    private final ProcessStarter starter;
    private final OrderlyEnd end;
    private final ClusterState state;

    private Postmaster(ClusterPlan plan, GuestProcessLauncher launcher, ForkSnapshot fork) {
        this.plan = plan;
        this.launcher = launcher;
        this.fork = fork;
        this.lock = new GiantLock(plan.counters());
        this.state = new ClusterState(plan.name());
        launcher.budget().shared(fork.shared()::unallocatedBytes);
        // As many as PostgreSQL reserves for client backends, those that still authenticate
        // included.
        int clientSlots = 2 * plan.maxConnections();
        this.slots = new ChildSlots(clientSlots);
        this.auxiliaries =
                new AuxiliaryProcesses(
                        this::startAuxiliary, fork.startTime(), lock, clientSlots, AUXILIARY_SLOTS);
        this.maintenance =
                new Maintenance(
                        "pglite-maintenance-" + plan.name(),
                        auxiliaries,
                        processes,
                        plan.lasting(),
                        () -> !plan.lasting() && !launcher.budget().has(TIGHT_BYTES),
                        launcher.binary());
        this.spares =
                new SpareProcesses<>(
                        ProcessStarter.threadName(plan, "spare"),
                        Backend.STACK_BYTES,
                        pages -> new ForkedProcess(fork, launcher, pages),
                        launcher.budget(),
                        launcher.engine(),
                        SpareProcesses.IDLE_NANOS);
        this.ticker =
                new Ticker(
                        "pglite-ticker-" + plan.name(),
                        lock,
                        maintenance::observe,
                        () -> {
                            maintenance.observeIdle();
                            spares.refill();
                        });
        this.starter =
                new ProcessStarter(
                        plan, launcher, fork, processes, lock, ticker, state, this::crash);
        this.end = new OrderlyEnd(processes, auxiliaries);
        processes.postmaster(maintenance::postmasterSignal);
    }

    /**
     * Starts a cluster.
     *
     * @param source what its processes are forked from, which has to fit the plan's files
     * @throws InterruptedException if the calling thread is interrupted
     * @throws BootException if PostgreSQL does not start; its log says why
     */
    public static Postmaster start(ClusterPlan plan, ForkSource source)
            throws InterruptedException, BootException {
        GuestProcessLauncher launcher = new GuestProcessLauncher(plan.program());
        Postmaster cluster = new Postmaster(plan, launcher, source.fork(launcher, plan.name()));
        cluster.ticker.start();
        if (source.isImmediate()) {
            cluster.spares.prepareFirst();
        }
        return cluster;
    }

    /**
     * Takes an image of the cluster's memory if no backend serves a client, and lets another do its
     * part in the same moment.
     *
     * @param files copies the files
     * @return nothing if a backend runs, or there is more shared memory than was set aside at the
     *     start; then nothing was called
     * @throws ErrnoException if the copy fails
     */
    public synchronized Optional<ClusterImage> freeze(FileCopy files) throws ErrnoException {
        end.awaitDeparted();
        if (!state.isOpen() || backendCount() != 0) {
            return Optional.empty();
        }
        try {
            if (!auxiliaries.endAll(OrderlyEnd.CLOSE_SECONDS) || processes.size() != 0) {
                return Optional.empty();
            }
            if (!launcher.segments().isEmpty(launcher.files())) {
                return Optional.empty(); // an image has the main segment only
            }
            long identifier = files.copy();
            return Optional.of(
                    new ClusterImage(
                            fork.image(),
                            fork.stackPointer(),
                            fork.libraries(),
                            fork.shared().freeze(),
                            identifier,
                            fork.firstWrites()));
        } finally {
            auxiliaries.resume();
        }
    }

    /** Copies the files of a cluster while none of its backends runs. */
    @FunctionalInterface
    public interface FileCopy {
        /** Copies the files and returns their system identifier. */
        long copy() throws ErrnoException;
    }

    /** Lets none of PostgreSQL's own processes start; for a cluster made for its image only. */
    public void stopMaintenance() {
        maintenance.stop();
    }

    /**
     * Waits until no backend runs; to be called when every client has left.
     *
     * @return whether it is so
     */
    public boolean awaitNoBackends(long timeout, TimeUnit unit) {
        return processes.awaitEnd(backend -> auxiliaries.kindOf(backend) == null, timeout, unit);
    }

    /** Returns the number of client backends that have not ended. */
    public int backendCount() {
        return Math.max(0, processes.size() - auxiliaries.size());
    }

    /** Returns what its processes do now. */
    public ProcessSummary processes() {
        return ProcessSummary.of(
                processes.all(),
                backend -> auxiliaries.kindOf(backend) == null,
                spares.keptBytes(),
                fork.shared().allocatedBytes());
    }

    /**
     * Starts a backend that serves a client.
     *
     * @return the connection; the backend closes the server's end
     * @throws RefusedException if it cannot; nothing has happened then
     */
    public synchronized DuplexChannel connect() throws RefusedException {
        state.requireOpen();
        try {
            DuplexChannel channel = new DuplexChannel();
            serve(channel.server());
            return channel;
        } catch (OutOfMemoryError e) {
            throw new RefusedException(
                    RefusedException.Reason.OUT_OF_MEMORY, String.valueOf(e.getMessage()), e);
        }
    }

    private void serve(ServerEnd channel) throws RefusedException {
        SpareThread<ForkedProcess> spare = spares.take();
        boolean served = false;
        try {
            serve(channel, spare);
            served = true;
        } finally {
            if (!served && spare != null) {
                spare.release();
            }
        }
    }

    private void serve(ServerEnd channel, @Nullable SpareThread<ForkedProcess> spare)
            throws RefusedException {
        MemoryAccount pages = spares.newPages();
        if (spare == null && !pages.tryTake(MemoryAccount.START_PAGES)) {
            end.awaitDeparted();
            if (!pages.tryTake(MemoryAccount.START_PAGES)) {
                throw new RefusedException(
                        RefusedException.Reason.NO_ROOM, "there is no memory for it", null);
            }
        }
        int slot = slots.take();
        Backend backend = starter.newBackend(slot, channel);
        plan.counters().opened(channel);
        backend.whenReady(
                ready -> {
                    // Before its first statement, so that whatever that writes is more than before.
                    maintenance.observe(ready);
                    fork.firstWrites().learn(ready.memory());
                });
        int admission =
                slot == 0 ? PgConstants.CONNECTIONS_TOO_MANY : PgConstants.CONNECTIONS_ACCEPTED;
        ProcessStarter.Role role =
                new ProcessStarter.Role(
                        Integer.toString(backend.pid()),
                        child -> new BackendMain(child).run(fork.startTime(), admission),
                        child -> slots.giveBack(child.childSlot()));
        starter.start(backend, spare, pages, role);
    }

    private Backend startAuxiliary(
            int childSlot, String title, Consumer<Backend> main, Consumer<Backend> ended) {
        ServerEnd nobody = new DuplexChannel(MINIMAL_CHANNEL).server();
        Backend backend = starter.newBackend(childSlot, nobody);
        backend.runInBackground();
        MemoryAccount pages = spares.newPages();
        pages.take(MemoryAccount.START_PAGES);
        starter.start(backend, null, pages, new ProcessStarter.Role(title, main, ended));
        return backend;
    }

    /**
     * Ends every backend at once; called by one that holds the giant lock, so none of them runs.
     * What was committed is in the files and comes back with the recovery of the next boot.
     */
    private void crash(Throwable cause) {
        plan.counters().crashed();
        state.crash();
        for (Backend backend : processes.all()) {
            backend.kill();
        }
        report(
                "the cluster " + plan.name() + " has crashed; it recovers with the next connection",
                cause);
    }

    /**
     * Something to do while no process runs; files are then as of one moment.
     *
     * @param <E> what it may throw
     */
    public interface Action<E extends Exception> {
        /** Does it. */
        void run() throws E;
    }

    /**
     * Does something while no process of the cluster runs. Each is then at a place where it waits
     * or may be interrupted, outside of critical sections.
     */
    public <E extends Exception> void whileNoneRuns(Action<E> action) throws E {
        lock.acquireForHost();
        try {
            action.run();
        } finally {
            lock.release();
        }
    }

    /** Returns whether a backend has crashed in a way that ended the cluster. */
    public boolean crashed() {
        return state.hasCrashed();
    }

    @Override
    public void close() {
        state.close();
        maintenance.stop();
        spares.close(TimeUnit.SECONDS.toNanos(OrderlyEnd.CLOSE_SECONDS));
        end.run(() -> plan.lasting() && !state.hasCrashed());
        ticker.stop();
        fork.shared().close();
    }

    static void report(String message, Throwable cause) {
        System.getLogger(Postmaster.class.getName()).log(System.Logger.Level.ERROR, message, cause);
    }
}
