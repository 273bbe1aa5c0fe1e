package io.github.jdbcpglite.postgres.internal.postmaster;

import io.github.jdbcpglite.engine.MemoryAccount;
import io.github.jdbcpglite.postgres.channel.ServerEnd;
import io.github.jdbcpglite.postgres.internal.boot.ForkSnapshot;
import io.github.jdbcpglite.postgres.internal.boot.ForkedProcess;
import io.github.jdbcpglite.postgres.internal.boot.SpareThread;
import io.github.jdbcpglite.postgres.internal.process.Backend;
import io.github.jdbcpglite.postgres.internal.process.GiantLock;
import io.github.jdbcpglite.postgres.internal.process.GuestProcessLauncher;
import io.github.jdbcpglite.postgres.internal.process.ProcessTable;
import io.github.jdbcpglite.postgres.internal.process.Ticker;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Starts the processes of a cluster and forgets them when they have ended. What a crash is and ends
 * is its cluster's to say. Safe for use by several threads.
 */
final class ProcessStarter {
    /**
     * What a process is for.
     *
     * @param title of its thread
     * @param main what it runs
     * @param ended told when it runs no more, or never did
     */
    record Role(String title, Consumer<Backend> main, Consumer<Backend> ended) {}

    private final ClusterPlan plan;
    private final GuestProcessLauncher launcher;
    private final ForkSnapshot fork;
    private final ProcessTable processes;
    private final GiantLock lock;
    private final Ticker ticker;
    private final ClusterState state;
    private final Consumer<Throwable> crash;

    ProcessStarter(
            ClusterPlan plan,
            GuestProcessLauncher launcher,
            ForkSnapshot fork,
            ProcessTable processes,
            GiantLock lock,
            Ticker ticker,
            ClusterState state,
            Consumer<Throwable> crash) {
        this.plan = plan;
        this.launcher = launcher;
        this.fork = fork;
        this.processes = processes;
        this.lock = lock;
        this.ticker = ticker;
        this.state = state;
        this.crash = crash;
    }

    /** Makes a process that does not run yet. */
    Backend newBackend(int slot, ServerEnd channel) {
        return new Backend(
                processes.newPid(),
                slot,
                channel,
                lock,
                ticker,
                plan.counters(),
                launcher.binary());
    }

    /**
     * Lets a process run.
     *
     * @param spare a claimed one that becomes it, or {@code null} for a new thread
     * @param pages where a new thread's memory comes from
     * @throws OutOfMemoryError if the system gives no thread; then the process has ended
     */
    void start(
            Backend backend,
            @Nullable SpareThread<ForkedProcess> spare,
            MemoryAccount pages,
            Role role) {
        processes.add(backend);
        if (state.hasCrashed()) {
            backend.kill(); // it was not among those that the crash has ended
        }
        String threadName = threadName(plan, role.title());
        if (spare != null) {
            spare.run(
                    (own, process) -> {
                        Thread.currentThread().setName(threadName);
                        run(backend, own, process, role);
                    });
            return;
        }
        Runnable life = () -> run(backend, pages, null, role);
        Thread thread = new Thread(null, life, threadName, Backend.STACK_BYTES, false);
        thread.setDaemon(true);
        boolean started = false;
        try {
            thread.start();
            started = true;
        } finally {
            if (!started) { // the system has no thread for it
                pages.close();
                ended(backend, role);
            }
        }
    }

    /** Returns what a thread of a cluster is called. */
    static String threadName(ClusterPlan plan, String title) {
        return "pglite-" + plan.name() + "-" + title;
    }

    private void run(
            Backend backend, MemoryAccount source, @Nullable ForkedProcess forked, Role role) {
        try {
            new BackendThread(backend, launcher, fork, processes, role.main(), crash)
                    .run(source, forked);
        } catch (RuntimeException | Error e) {
            // It failed before it saw shared memory, or while its files were closed; whatever it
            // was ends this backend alone.
            Postmaster.report("backend " + backend.pid() + " failed", e);
        } finally {
            ended(backend, role);
        }
    }

    /** Forgets a backend that runs no more, or never did. */
    private void ended(Backend backend, Role role) {
        processes.remove(backend);
        backend.channel().close();
        plan.counters().ended(backend.channel());
        backend.ended().countDown();
        role.ended().accept(backend);
    }
}
