package io.github.jdbcpglite.internals;

import com.dylibso.chicory.runtime.TrapException;
import io.github.jdbcpglite.engine.HostFunction;
import io.github.jdbcpglite.postgres.cluster.ClusterFactory;
import io.github.jdbcpglite.postgres.internal.opening.EmbeddedClusters;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets one call of one host function fail, in the client backend that starts next after it was told
 * so. Counts the calls of that backend by function.
 */
final class HostFaults {
    /** EIO in Emscripten's numbering. */
    private static final int EIO = 29;

    /** Threads of client backends end in a pid; PostgreSQL's own processes in their title. */
    private static final Pattern CLIENT_BACKEND = Pattern.compile("pglite-(?!boot-).*-\\d+");

    /** Threads that become client backends have this at the end until then. */
    private static final String SPARE = "-spare";

    /** These stand for functions of PostgreSQL, see {@code BackendCalls}. */
    private static final Set<String> NO_SYSCALLS =
            Set.of("__syscall_linkat", "__syscall_listen", "__syscall_accept4");

    /** How a call fails. */
    enum Kind {
        /** The host has a bug. */
        HOST_EXCEPTION,
        /** What the generated code throws where the guest breaks a rule. */
        TRAP,
        /** What no exception handler expects. */
        HOST_ERROR,
        /** The call does nothing and answers with an error number. */
        ERRNO
    }

    /**
     * What is to fail.
     *
     * @param function the import's name
     * @param call which call of it fails, from 1
     * @param kind how
     */
    record Fault(String function, int call, Kind kind) {
        @Override
        public String toString() {
            return kind + " at call " + call + " of " + function;
        }
    }

    /** A backend that was chosen. */
    private record Victim(Thread thread, @Nullable Fault fault, Map<String, Integer> calls) {}

    private final Set<String> filtered = new ConcurrentSkipListSet<>();
    private final Set<Thread> begun = ConcurrentHashMap.newKeySet();
    private boolean armed;
    private @Nullable Fault next;
    private volatile @Nullable Victim victim;
    private volatile boolean fired;

    /** Returns a factory of clusters that fail as this object is told. */
    ClusterFactory factory() {
        return EmbeddedClusters.intercepted(this::wrap);
    }

    /** Lets the client backend that starts next fail, or only count if there is no fault. */
    synchronized void arm(@Nullable Fault fault) {
        next = fault;
        armed = true;
        victim = null;
        fired = false;
    }

    /** Returns whether the fault has come. */
    boolean fired() {
        return fired;
    }

    /** Returns how often the chosen backend called each function. */
    Map<String, Integer> calls() {
        Victim chosen = victim;
        return chosen == null ? Map.of() : Map.copyOf(chosen.calls());
    }

    /** Returns the names of all functions that were put behind this object. */
    Set<String> filtered() {
        return new TreeSet<>(filtered);
    }

    /** Returns whether a function answers with error numbers. */
    static boolean hasErrno(String function) {
        return (function.startsWith("__syscall_") && !NO_SYSCALLS.contains(function))
                || function.startsWith("fd_")
                || function.equals("_mmap_js")
                || function.equals("_munmap_js")
                || function.equals("emscripten_resize_heap");
    }

    private static boolean isClientBackend(Thread thread) {
        return CLIENT_BACKEND.matcher(thread.getName()).matches();
    }

    private HostFunction wrap(String name, HostFunction function) {
        filtered.add(name);
        Thread thread = Thread.currentThread();
        if (isClientBackend(thread)) {
            begun.add(thread);
            choose(thread);
        } else if (!thread.getName().endsWith(SPARE)) {
            return function;
        }
        return (caller, args) -> {
            if (begun.add(Thread.currentThread())) {
                choose(Thread.currentThread());
            }
            Victim chosen = victim;
            if (chosen != null && chosen.thread() == Thread.currentThread()) {
                int count = chosen.calls().merge(name, 1, Integer::sum);
                Fault fault = chosen.fault();
                if (fault != null && fault.function().equals(name) && fault.call() == count) {
                    fired = true;
                    return fail(fault);
                }
            }
            return function.call(caller, args);
        };
    }

    private synchronized void choose(Thread thread) {
        if (armed) {
            armed = false;
            victim = new Victim(thread, next, new ConcurrentHashMap<>());
        }
    }

    private static long fail(Fault fault) {
        return switch (fault.kind()) {
            case HOST_EXCEPTION -> throw new IllegalStateException("injected: " + fault);
            case TRAP -> throw new TrapException("injected: " + fault);
            case HOST_ERROR -> throw new NoClassDefFoundError("injected: " + fault);
            case ERRNO -> errno(fault.function());
        };
    }

    private static long errno(String function) {
        if (function.equals("emscripten_resize_heap")) {
            return 0;
        }
        return function.startsWith("fd_") ? EIO : -EIO;
    }
}
