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

    private static final int FIRST_PID = 100;

    private final Map<Integer, Backend> backends = new ConcurrentHashMap<>();
    private final AtomicInteger nextPid = new AtomicInteger(FIRST_PID);

    int newPid() {
        return nextPid.getAndUpdate(pid -> pid == Integer.MAX_VALUE ? FIRST_PID : pid + 1);
    }

    void add(Backend backend) {
        backends.put(backend.pid(), backend);
    }

    void remove(Backend backend) {
        backends.remove(backend.pid());
    }

    int size() {
        return backends.size();
    }

    Collection<Backend> all() {
        return List.copyOf(backends.values());
    }

    /**
     * Sends a signal, or only looks whether the process exists if it is 0.
     *
     * @return whether the process exists
     */
    boolean signal(int pid, int signal) {
        if (pid == POSTMASTER_PID) {
            // What a backend asks of the postmaster is to start processes that do not exist here.
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
