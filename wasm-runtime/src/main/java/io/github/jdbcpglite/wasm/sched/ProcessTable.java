package io.github.jdbcpglite.wasm.sched;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The live backends of a cluster by pid; safe for use by several threads. */
final class ProcessTable {
    /** Emscripten's only pid, which the boot instance has: to backends it is the postmaster. */
    static final int POSTMASTER_PID = 42;

    /** What {@code PostmasterPid} is in processes that a single-user mode has started. */
    private static final int NO_POSTMASTER = 0;

    private static final int FIRST_PID = 100;
    private static final int SIGHUP = 1;

    private final Map<Integer, Backend> backends = new ConcurrentHashMap<>();
    private final AtomicInteger nextPid = new AtomicInteger(FIRST_PID);
    private volatile boolean reloaded;

    /** What the postmaster does with a signal: the sender and the signal's number. */
    interface Postmaster {
        void signalled(Backend sender, int signal);
    }

    private volatile Postmaster postmaster = (sender, signal) -> {};

    void postmaster(Postmaster value) {
        postmaster = value;
    }

    int newPid() {
        return nextPid.getAndUpdate(pid -> pid == Integer.MAX_VALUE ? FIRST_PID : pid + 1);
    }

    void add(Backend backend) {
        Backend other = backends.put(backend.pid(), backend);
        assert other == null : "two live backends have pid " + backend.pid();
        if (reloaded) {
            // It starts with the configuration that was read at boot.
            backend.signal(SIGHUP);
        }
    }

    void remove(Backend backend) {
        backends.remove(backend.pid());
    }

    int size() {
        return backends.size();
    }

    /** Has every process read the configuration files again, those that start later too. */
    void reload() {
        reloaded = true;
        for (Backend backend : all()) {
            backend.signal(SIGHUP);
        }
    }

    Collection<Backend> all() {
        return List.copyOf(backends.values());
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
