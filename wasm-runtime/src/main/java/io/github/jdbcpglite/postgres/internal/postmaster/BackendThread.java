package io.github.jdbcpglite.postgres.internal.postmaster;

import io.github.jdbcpglite.engine.Guest;
import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.engine.MemoryAccount;
import io.github.jdbcpglite.host.ExitException;
import io.github.jdbcpglite.postgres.internal.boot.ForkSnapshot;
import io.github.jdbcpglite.postgres.internal.boot.ForkedProcess;
import io.github.jdbcpglite.postgres.internal.process.Backend;
import io.github.jdbcpglite.postgres.internal.process.Cleanup;
import io.github.jdbcpglite.postgres.internal.process.ClusterCrashException;
import io.github.jdbcpglite.postgres.internal.process.GuestProcessLauncher;
import io.github.jdbcpglite.postgres.internal.process.ProcessTable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The life of one backend, from the fork to its exit, on the thread that runs this. */
final class BackendThread {
    private final Backend backend;
    private final GuestProcessLauncher launcher;
    private final ForkSnapshot fork;
    private final ProcessTable processes;
    private final Consumer<Backend> main;
    private final Consumer<Throwable> crash;

    BackendThread(
            Backend backend,
            GuestProcessLauncher launcher,
            ForkSnapshot fork,
            ProcessTable processes,
            Consumer<Backend> main,
            Consumer<Throwable> crash) {
        this.backend = backend;
        this.launcher = launcher;
        this.fork = fork;
        this.processes = processes;
        this.main = main;
        this.crash = crash;
    }

    /**
     * Runs the backend to its end; the caller closes its channel.
     *
     * @param pages where its memory comes from; closed
     * @param forked the process that becomes it, or {@code null} if one is to be made
     */
    void run(MemoryAccount pages, @Nullable ForkedProcess forked) {
        Cleanup.after(
                () -> {
                    ForkedProcess process =
                            forked != null ? forked : new ForkedProcess(fork, launcher, pages);
                    Cleanup.after(() -> run(process), process::close);
                },
                pages::close);
    }

    private void run(ForkedProcess process) {
        LinearMemory memory = process.memory();
        process.become(backend, processes);
        try {
            backend.acquireLock();
            fork.shared().join(memory);
            process.setCallbacks();
            main.accept(backend);
        } catch (ExitException e) {
            logEnd(e);
        } catch (ClusterCrashException e) {
            log().log(System.Logger.Level.DEBUG, "backend {0} was killed", backend.pid());
        } catch (RuntimeException | Error e) {
            // A trap, a failing host function, a page without room or a class that cannot be
            // loaded can be any of these; each leaves locks that have to be freed.
            endAfterTrap(e);
        } finally {
            try {
                process.leaveSegments();
            } finally {
                fork.shared().leave(memory);
                backend.releaseLock();
                backend.unbind();
            }
        }
    }

    private void logEnd(ExitException exit) {
        log().log(
                        System.Logger.Level.DEBUG,
                        "backend {0} ended with status {1}",
                        backend.pid(),
                        exit.status());
    }

    /**
     * Lets PostgreSQL abort the transaction and free what the backend held, as after a FATAL error.
     * Where shared memory may be inconsistent, the cluster crashes, as PostgreSQL does when a child
     * process dies.
     */
    private void endAfterTrap(Throwable trap) {
        backend.counters().trapped();
        boolean inconsistent =
                backend.memory().getInt(backend.binary().critSectionCount) != 0
                        || backend.heldLightweightLocks() != 0;
        if (inconsistent) {
            crash.accept(trap);
            return;
        }
        Guest guest = backend.guest();
        guest.stackPointer(fork.stackPointer());
        try {
            guest.call("proc_exit", 1);
        } catch (ExitException e) {
            // Not before: there may be no memory to say it while the backend has its own.
            log().log(System.Logger.Level.ERROR, "backend " + backend.pid() + " trapped", trap);
        } catch (RuntimeException | Error e) {
            // The way out trapped too, in any of the same ways, so locks and a process slot may be
            // left behind.
            Cleanup.keep(trap, e);
            crash.accept(trap);
        }
    }

    private static System.Logger log() {
        return System.getLogger(BackendThread.class.getName());
    }
}
