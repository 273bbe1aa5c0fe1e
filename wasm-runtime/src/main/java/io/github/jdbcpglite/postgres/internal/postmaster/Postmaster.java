package io.github.jdbcpglite.postgres.internal.postmaster;

import io.github.jdbcpglite.engine.MemoryAccount;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.postgres.channel.DuplexChannel;
import io.github.jdbcpglite.postgres.channel.ServerEnd;
import io.github.jdbcpglite.postgres.internal.binary.PgConstants;
import io.github.jdbcpglite.postgres.internal.boot.BootException;
import io.github.jdbcpglite.postgres.internal.boot.ClusterBoot;
import io.github.jdbcpglite.postgres.internal.boot.ClusterImage;
import io.github.jdbcpglite.postgres.internal.boot.ForkSnapshot;
import io.github.jdbcpglite.postgres.internal.boot.ForkedProcess;
import io.github.jdbcpglite.postgres.internal.boot.SpareProcesses;
import io.github.jdbcpglite.postgres.internal.boot.SpareThread;
import io.github.jdbcpglite.postgres.internal.maintenance.AuxiliaryKind;
import io.github.jdbcpglite.postgres.internal.maintenance.AuxiliaryProcesses;
import io.github.jdbcpglite.postgres.internal.maintenance.Maintenance;
import io.github.jdbcpglite.postgres.internal.process.Backend;
import io.github.jdbcpglite.postgres.internal.process.BackendMain;
import io.github.jdbcpglite.postgres.internal.process.ChildSlots;
import io.github.jdbcpglite.postgres.internal.process.ClusterCounters;
import io.github.jdbcpglite.postgres.internal.process.ClusterEnvironment;
import io.github.jdbcpglite.postgres.internal.process.GiantLock;
import io.github.jdbcpglite.postgres.internal.process.GuestProcessLauncher;
import io.github.jdbcpglite.postgres.internal.process.ProcessTable;
import io.github.jdbcpglite.postgres.internal.process.Ticker;
import io.github.jdbcpglite.postgres.internal.process.WaitState;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A running cluster: PostgreSQL's shared memory, and the backends over it.
 *
 * <p>Safe for use by several threads. Closing ends the backends in order and is idempotent.
 */
public final class Postmaster implements AutoCloseable {
    private static final int SIGTERM = 15;
    private static final int SIGQUIT = 3;
    private static final long STACK_BYTES = 64L << 20;
    private static final long CLOSE_SECONDS = 10;
    private static final long CHECKPOINT_SECONDS = 120;
    private static final int AUXILIARY_SLOTS = 24;

    /** Memory is tight when less than this is left. */
    private static final long TIGHT_BYTES = 8 << 20;

    /** Bytes; processes without a client have a channel that nobody uses. */
    private static final int MINIMAL_CHANNEL = 16;

    private final String name;
    private final GuestProcessLauncher launcher;
    private final ForkSnapshot fork;
    private final ChildSlots slots;
    private final GiantLock lock;
    private final ClusterCounters counters;
    private final ProcessTable processes = new ProcessTable();
    private final Ticker ticker;
    private final AuxiliaryProcesses auxiliaries;
    private final Maintenance maintenance;
    private final SpareProcesses<ForkedProcess> spares;
    private final boolean lasting;
    private volatile boolean closed;
    private volatile boolean crashed;
    private volatile boolean shutDown;

    private Postmaster(
            String name,
            GuestProcessLauncher launcher,
            ForkSnapshot fork,
            int maxConnections,
            boolean lasting,
            ClusterCounters counters) {
        this.name = name;
        this.counters = counters;
        this.lock = new GiantLock(counters);
        this.lasting = lasting;
        this.launcher = launcher;
        this.fork = fork;
        launcher.budget().shared(fork.shared()::unallocatedBytes);
        // As many as PostgreSQL reserves for client backends, those that still authenticate
        // included.
        this.slots = new ChildSlots(2 * maxConnections);
        this.auxiliaries =
                new AuxiliaryProcesses(
                        this::startAuxiliary,
                        fork.startTime(),
                        lock,
                        2 * maxConnections,
                        AUXILIARY_SLOTS);
        this.maintenance =
                new Maintenance(
                        "pglite-maintenance-" + name,
                        auxiliaries,
                        processes,
                        lasting,
                        () -> !lasting && !launcher.budget().has(TIGHT_BYTES),
                        launcher.binary());
        this.spares =
                new SpareProcesses<>(
                        threadName("spare"),
                        STACK_BYTES,
                        (pages, copied) -> new ForkedProcess(fork, launcher, pages, copied),
                        launcher.budget(),
                        launcher.engine(),
                        SpareProcesses.IDLE_NANOS);
        this.ticker =
                new Ticker(
                        "pglite-ticker-" + name,
                        lock,
                        maintenance::observe,
                        () -> {
                            maintenance.observeIdle();
                            spares.refill();
                        });
        processes.postmaster(maintenance::postmasterSignal);
    }

    /**
     * Boots a cluster.
     *
     * @param name what its threads are called
     * @param program the compiled PostgreSQL and the files it sees
     * @param settings PostgreSQL's configuration parameters
     * @param maxConnections the value of {@code max_connections} among them
     * @param lasting whether the files outlive the cluster, so that closing it writes a checkpoint
     * @param counters count what happens in it
     * @throws InterruptedException if the calling thread is interrupted; the boot then goes on
     *     alone and its result is dropped
     * @throws BootException if PostgreSQL does not start; its log says why
     */
    public static Postmaster boot(
            String name,
            ClusterEnvironment program,
            Map<String, String> settings,
            int maxConnections,
            boolean lasting,
            ClusterCounters counters)
            throws InterruptedException, BootException {
        GuestProcessLauncher launcher = new GuestProcessLauncher(program);
        AtomicReference<@Nullable ForkSnapshot> result = new AtomicReference<>();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread thread =
                new Thread(
                        null,
                        () -> result.set(new ClusterBoot(launcher, settings).run()),
                        "pglite-boot-" + name,
                        STACK_BYTES,
                        false);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((ignored, thrown) -> failure.set(thrown));
        thread.start();
        thread.join();
        ForkSnapshot fork = result.get();
        if (fork == null) {
            throw new BootException(failure.get());
        }
        Postmaster cluster =
                new Postmaster(name, launcher, fork, maxConnections, lasting, counters);
        cluster.ticker.start();
        return cluster;
    }

    /**
     * Starts a cluster from an image, over a copy of the files of the moment when it was taken.
     *
     * @param name what its threads are called
     * @param program the compiled PostgreSQL and the files it sees
     * @param image the memory of the cluster that was copied
     * @param identifier the system identifier that the files have now
     * @param maxConnections the value of {@code max_connections} in the image
     * @param counters count what happens in it
     */
    public static Postmaster start(
            String name,
            ClusterEnvironment program,
            ClusterImage image,
            long identifier,
            int maxConnections,
            ClusterCounters counters) {
        GuestProcessLauncher launcher = new GuestProcessLauncher(program);
        ForkSnapshot fork = image.fork(identifier, launcher.timestamp());
        Postmaster cluster = new Postmaster(name, launcher, fork, maxConnections, false, counters);
        cluster.ticker.start();
        cluster.spares.prepareFirst();
        return cluster;
    }

    /**
     * Takes an image of the cluster's memory if no backend serves a client, and lets another do its
     * part in the same moment.
     *
     * @param files copies the files
     * @return the image, or {@code null} if a backend runs, or there is more shared memory than was
     *     set aside at the start; then nothing was called
     * @throws ErrnoException if the copy fails
     */
    public synchronized @Nullable ClusterImage freeze(FileCopy files) throws ErrnoException {
        // A connection that was closed a moment ago counts as closed.
        awaitEnd(backend -> backend.channel().clientClosed());
        if (closed || backendCount() != 0) {
            return null;
        }
        try {
            if (!auxiliaries.endAll(CLOSE_SECONDS) || processes.size() != 0) {
                return null;
            }
            if (!launcher.segments().isEmpty(launcher.files())) {
                return null; // an image has the main segment only
            }
            long identifier = files.copy();
            return new ClusterImage(
                    fork.image(),
                    fork.stackPointer(),
                    fork.libraries(),
                    fork.shared().freeze(),
                    identifier);
        } finally {
            auxiliaries.resume();
        }
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

    /** Copies the files of a cluster while none of its backends runs. */
    @FunctionalInterface
    public interface FileCopy {
        /** Copies the files and returns their system identifier. */
        long copy() throws ErrnoException;
    }

    /** Returns the number of client backends that have not ended. */
    public int backendCount() {
        return Math.max(0, processes.size() - auxiliaries.size());
    }

    /** Returns what its processes do now. */
    public ProcessSummary processes() {
        Map<WaitState, Integer> clients = new EnumMap<>(WaitState.class);
        int others = 0;
        AtomicLong privateBytes = new AtomicLong(spares.keptBytes());
        for (Backend backend : processes.all()) {
            if (auxiliaries.kindOf(backend) == null) {
                clients.merge(backend.state(), 1, Integer::sum);
            } else {
                others++;
            }
            backend.look(memory -> privateBytes.addAndGet(memory.privateBytes()));
        }
        return new ProcessSummary(
                clients, others, privateBytes.get(), fork.shared().allocatedBytes());
    }

    /**
     * Starts a backend that serves a client.
     *
     * @param channel the server's end of the client's connection; the backend closes it
     * @return whether there is memory for it; if not, nothing has happened
     * @throws IllegalStateException if the cluster is closed
     * @throws OutOfMemoryError if the system gives no thread; then nothing is left of it
     */
    public synchronized boolean serve(ServerEnd channel) {
        if (closed) {
            throw new IllegalStateException("the cluster " + name + " is closed");
        }
        SpareThread<ForkedProcess> spare = spares.take();
        boolean served = false;
        try {
            served = serve(channel, spare);
            return served;
        } finally {
            if (!served && spare != null) {
                spare.release();
            }
        }
    }

    private boolean serve(ServerEnd channel, @Nullable SpareThread<ForkedProcess> spare) {
        MemoryAccount pages = spares.newPages();
        if (spare == null && !pages.tryTake(MemoryAccount.START_PAGES)) {
            // A connection that was closed a moment ago counts as closed.
            awaitEnd(backend -> backend.channel().clientClosed());
            if (!pages.tryTake(MemoryAccount.START_PAGES)) {
                return false;
            }
        }
        int slot = slots.take();
        Backend backend = newBackend(slot, channel);
        counters.opened(channel);
        backend.whenReady(ready -> spares.learn(ready.memory().ownPages()));
        int state = slot == 0 ? PgConstants.CONNECTIONS_TOO_MANY : PgConstants.CONNECTIONS_ACCEPTED;
        start(
                backend,
                spare,
                pages,
                Integer.toString(backend.pid()),
                child -> new BackendMain(child).run(fork.startTime(), state),
                child -> slots.giveBack(child.childSlot()));
        return true;
    }

    private Backend newBackend(int slot, ServerEnd channel) {
        return new Backend(
                processes.newPid(), slot, channel, lock, ticker, counters, launcher.binary());
    }

    private Backend startAuxiliary(
            int childSlot, String title, Consumer<Backend> main, Consumer<Backend> ended) {
        ServerEnd nobody = new DuplexChannel(MINIMAL_CHANNEL).server();
        Backend backend = newBackend(childSlot, nobody);
        backend.runInBackground();
        MemoryAccount pages = spares.newPages();
        pages.take(MemoryAccount.START_PAGES);
        start(backend, null, pages, title, main, ended);
        return backend;
    }

    /**
     * Lets a backend run.
     *
     * @param spare a claimed one that becomes it, or {@code null} for a new thread
     * @param pages where a new thread's memory comes from
     */
    private void start(
            Backend backend,
            @Nullable SpareThread<ForkedProcess> spare,
            MemoryAccount pages,
            String title,
            Consumer<Backend> main,
            Consumer<Backend> ended) {
        processes.add(backend);
        if (crashed) {
            backend.kill(); // it was not among those that the crash has ended
        }
        String threadName = threadName(title);
        if (spare != null) {
            spare.run(
                    (own, process) -> {
                        Thread.currentThread().setName(threadName);
                        run(backend, own, process, main, ended);
                    });
            return;
        }
        Runnable life = () -> run(backend, pages, null, main, ended);
        Thread thread = new Thread(null, life, threadName, STACK_BYTES, false);
        thread.setDaemon(true);
        boolean started = false;
        try {
            thread.start();
            started = true;
        } finally {
            if (!started) { // the system has no thread for it
                pages.close();
                ended(backend, ended);
            }
        }
    }

    private String threadName(String title) {
        return "pglite-" + name + "-" + title;
    }

    private void run(
            Backend backend,
            MemoryAccount source,
            @Nullable ForkedProcess forked,
            Consumer<Backend> main,
            Consumer<Backend> ended) {
        try {
            new BackendThread(backend, launcher, fork, processes, main, this::crash)
                    .run(source, forked);
        } catch (RuntimeException | Error e) {
            // It failed before it saw shared memory, or while its files were closed; whatever it
            // was ends this backend alone.
            report("backend " + backend.pid() + " failed", e);
        } finally {
            ended(backend, ended);
        }
    }

    /** Forgets a backend that runs no more, or never did. */
    private void ended(Backend backend, Consumer<Backend> ended) {
        processes.remove(backend);
        backend.channel().close();
        counters.ended(backend.channel());
        backend.ended().countDown();
        ended.accept(backend);
    }

    /**
     * Ends every backend at once; called by one that holds the giant lock, so none of them runs.
     * What was committed is in the files and comes back with the recovery of the next boot.
     */
    private void crash(Throwable cause) {
        counters.crashed();
        crashed = true;
        closed = true;
        for (Backend backend : processes.all()) {
            backend.kill();
        }
        report("the cluster " + name + " has crashed; it recovers with the next connection", cause);
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
        return crashed;
    }

    @Override
    public void close() {
        closed = true;
        maintenance.stop();
        spares.close(TimeUnit.SECONDS.toNanos(CLOSE_SECONDS));
        // A backend whose client has left ends by itself; a signal would only make it complain.
        awaitEnd(backend -> backend.channel().clientClosed());
        signalAll(SIGTERM);
        boolean inOrder = awaitEnd(this::endsBeforeCheckpoint);
        if (inOrder && lasting && !crashed && !shutDown) {
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
        ticker.stop();
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

    private static void report(String message, Throwable cause) {
        System.getLogger(Postmaster.class.getName()).log(System.Logger.Level.ERROR, message, cause);
    }
}
