package io.github.jdbcpglite.postgres.internal.process;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** The live backends of a cluster by pid; safe for use by several threads. */
public final class ProcessTable {
    /** Emscripten's only pid, which the boot instance has: to backends it is the postmaster. */
    public static final int POSTMASTER_PID = 42;

    /** What {@code PostmasterPid} is in processes that a single-user mode has started. */
    private static final int NO_POSTMASTER = 0;

    private static final int FIRST_PID = 100;
    private static final int SIGHUP = 1;

    private final Map<Integer, Backend> backends = new ConcurrentHashMap<>();
    private final AtomicInteger nextPid = new AtomicInteger(FIRST_PID);
    private volatile boolean reloaded;

    /** What the postmaster does with a signal: the sender and the signal's number. */
    public interface PostmasterSignals {
        /** A process has sent the postmaster a signal. */
        void signalled(Backend sender, int signal);
    }

    private volatile PostmasterSignals postmaster = (sender, signal) -> {};

    /** Says who gets the signals that are for the postmaster. */
    public void postmaster(PostmasterSignals value) {
        postmaster = value;
    }

    /** Returns a pid that no process had before, until the numbers begin again. */
    public int newPid() {
        return nextPid.getAndUpdate(pid -> pid == Integer.MAX_VALUE ? FIRST_PID : pid + 1);
    }

    /** Adds a process that is about to run. */
    public void add(Backend backend) {
        Backend other = backends.put(backend.pid(), backend);
        assert other == null : "two live backends have pid " + backend.pid();
        if (reloaded) {
            // It starts with the configuration that was read at boot.
            backend.signal(SIGHUP);
        }
    }

    /** Removes a process that has ended. */
    public void remove(Backend backend) {
        backends.remove(backend.pid());
    }

    /** Returns how many processes there are. */
    public int size() {
        return backends.size();
    }

    /** Has every process read the configuration files again, those that start later too. */
    public void reload() {
        reloaded = true;
        for (Backend backend : all()) {
            backend.signal(SIGHUP);
        }
    }

    /** Returns the processes of this moment. */
    public Collection<Backend> all() {
        return List.copyOf(backends.values());
    }

    /**
     * Waits, within a bound, until some of the processes of this moment have ended. An interrupt of
     * the thread ends the waits, and is kept.
     *
     * @return whether all of them have
     */
    public boolean awaitEnd(Predicate<Backend> which, long timeout, TimeUnit unit) {
        long deadline = System.nanoTime() + unit.toNanos(timeout);
        boolean interrupted = false;
        boolean allEnded = true;
        for (Backend backend : all()) {
            if (!which.test(backend)) {
                continue;
            }
            try {
                long left = deadline - System.nanoTime();
                allEnded &= backend.ended().await(left, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
                allEnded = false;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return allEnded;
    }

    /**
     * Sends a signal, or only looks whether the process exists if it is 0.
     *
     * @param sender the process that sends it
     * @return whether the process exists
     */
    boolean signal(Backend sender, int pid, int signal) {
        if (pid == POSTMASTER_PID || pid == NO_POSTMASTER) {
            if (signal != 0) {
                postmaster.signalled(sender, signal);
            }
            return true;
        }
        Backend target = backends.get(pid);
        if (target == null) {
            return false;
        }
        if (signal != 0) {
            target.signal(signal);
        }
        return true;
    }
}
