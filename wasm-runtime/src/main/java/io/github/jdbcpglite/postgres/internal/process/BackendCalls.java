package io.github.jdbcpglite.postgres.internal.process;

import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.postgres.channel.ServerEnd;
import io.github.jdbcpglite.postgres.internal.binary.PgBinary;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The host calls that make a guest a process among others: waiting, signals, sleep, timers, and the
 * client's socket.
 *
 * <p>The rewritten binary reaches them through imports it does not use otherwise: {@code
 * __syscall_linkat} stands for {@code WaitEventSetWait}, {@code __syscall_listen} for {@code kill},
 * {@code __syscall_accept4} for {@code pg_usleep}, and {@code _emscripten_runtime_keepalive_clear}
 * is called at the start of {@code ProcessInterrupts}. {@code __syscall_bind}, with zeros, is
 * called before PostgreSQL compares the depth of its stack; a backend binds no socket.
 */
public final class BackendCalls {
    /** Stands for {@code WaitEventSetWait}; its second argument is the timeout in milliseconds. */
    public static final String WAIT = "__syscall_linkat";

    private static final String KILL = "__syscall_listen";
    private static final String SLEEP = "__syscall_accept4";
    private static final String INTERRUPTS = "_emscripten_runtime_keepalive_clear";
    private static final String STACK_DEPTH = "__syscall_bind";
    private static final String TIMER = "_setitimer_js";

    /** Imports that nothing else uses. */
    static final List<String> OWN = List.of(WAIT, KILL, SLEEP, INTERRUPTS);

    /** Imports that a process alone would use otherwise. */
    static final List<String> REPLACED = List.of(STACK_DEPTH, TIMER);

    private static final int WL_LATCH_SET = 1;
    private static final int WL_SOCKET_READABLE = 1 << 1;
    private static final int WL_SOCKET_WRITEABLE = 1 << 2;
    private static final int WL_SOCKET_CLOSED = 1 << 7;

    private final Backend backend;
    private final PgBinary binary;
    private final ProcessTable processes;
    private final StackDepthGuard stack;

    /** Makes the calls of one process. */
    public BackendCalls(Backend backend, ProcessTable processes) {
        this.backend = backend;
        this.binary = backend.binary();
        this.processes = processes;
        this.stack = new StackDepthGuard(backend);
    }

    /** Calls one of {@link #OWN} or {@link #REPLACED}. */
    long call(String name, long[] args) {
        return switch (name) {
            case WAIT ->
                    waitEventSetWait(
                            (int) args[0],
                            (int) args[1],
                            (int) args[2],
                            (int) args[3],
                            (int) args[4]);
            case KILL -> kill((int) args[0], (int) args[1]);
            case SLEEP -> sleep((int) args[0]);
            case INTERRUPTS -> processInterrupts();
            case STACK_DEPTH -> stack.check();
            case TIMER -> setTimer((int) args[0], Double.longBitsToDouble(args[1]));
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** The {@code recv} callback: never waits, so that PostgreSQL does in WaitEventSetWait. */
    public long receive(int address, int length) {
        backend.noteReading();
        stack.atBottom();
        ServerEnd channel = backend.channel();
        if (channel.available() == 0) {
            if (channel.atEndOfInput()) {
                return 0;
            }
            return fail(Errno.EAGAIN);
        }
        return backend.memory().writeThrough(address, length, channel::read);
    }

    /** The {@code send} callback: takes what there is room for. */
    public long send(int address, int length) {
        ServerEnd channel = backend.channel();
        if (!channel.writable()) {
            return fail(Errno.EAGAIN);
        }
        boolean[] gone = new boolean[1];
        int written =
                backend.memory()
                        .readThrough(
                                address,
                                length,
                                (page, offset, size) -> {
                                    int count = channel.write(page, offset, size);
                                    gone[0] |= count < 0;
                                    return Math.max(count, 0);
                                });
        if (written > 0 || length == 0) {
            return written;
        }
        return fail(gone[0] ? Errno.EPIPE : Errno.EAGAIN);
    }

    private long fail(Errno errno) {
        backend.memory().putInt(binary.errno, errno.number());
        return -1;
    }

    private long waitEventSetWait(
            int set, int timeoutMillis, int occurred, int maxEvents, int waitEventInfo) {
        LinearMemory memory = backend.memory();
        long deadline =
                timeoutMillis < 0
                        ? Backend.NO_TIMER
                        : System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        int waitEvent = memory.getInt(binary.myWaitEventInfo);
        memory.putInt(waitEvent, waitEventInfo);
        try {
            while (true) {
                backend.prepareToWait();
                backend.deliverSignals();
                int latch = memory.getInt(set + binary.waitSetLatch);
                if (latch != 0) {
                    memory.putInt(latch + binary.latchMaybeSleeping, 1);
                }
                try {
                    int count = occurredEvents(set, latch, occurred, maxEvents);
                    if (count > 0 || timeoutMillis == 0 || passed(deadline)) {
                        return count;
                    }
                    backend.await(WaitState.of(waitEventInfo), deadline);
                } finally {
                    if (latch != 0) {
                        memory.putInt(latch + binary.latchMaybeSleeping, 0);
                    }
                }
            }
        } finally {
            memory.putInt(waitEvent, 0);
        }
    }

    private static boolean passed(long deadlineNanos) {
        return deadlineNanos != Backend.NO_TIMER && System.nanoTime() - deadlineNanos >= 0;
    }

    private int occurredEvents(int set, int latch, int occurred, int maxEvents) {
        LinearMemory memory = backend.memory();
        int eventCount = memory.getInt(set + binary.waitSetCount);
        int events = memory.getInt(set + binary.waitSetEvents);
        int found = 0;
        for (int i = 0; i < eventCount && found < maxEvents; i++) {
            int event = events + i * binary.waitEventBytes;
            int wanted = memory.getInt(event + binary.waitEventEvents);
            int happened = happened(wanted, latch);
            if (happened != 0) {
                int target = occurred + found * binary.waitEventBytes;
                memory.putInt(
                        target + binary.waitEventPosition,
                        memory.getInt(event + binary.waitEventPosition));
                memory.putInt(target + binary.waitEventEvents, happened);
                memory.putInt(
                        target + binary.waitEventFd,
                        happened == WL_LATCH_SET ? -1 : memory.getInt(event + binary.waitEventFd));
                memory.putInt(
                        target + binary.waitEventUserData,
                        memory.getInt(event + binary.waitEventUserData));
                found++;
            }
        }
        return found;
    }

    private int happened(int wanted, int latch) {
        if ((wanted & WL_LATCH_SET) != 0) {
            boolean set = latch != 0 && backend.memory().getInt(latch + binary.latchIsSet) != 0;
            return set ? WL_LATCH_SET : 0;
        }
        ServerEnd channel = backend.channel();
        int happened = 0;
        boolean ended = channel.atEndOfInput();
        if ((wanted & WL_SOCKET_READABLE) != 0 && (ended || channel.available() > 0)) {
            happened |= WL_SOCKET_READABLE;
        }
        if ((wanted & WL_SOCKET_WRITEABLE) != 0 && (ended || channel.writable())) {
            happened |= WL_SOCKET_WRITEABLE;
        }
        if ((wanted & WL_SOCKET_CLOSED) != 0 && ended) {
            happened |= WL_SOCKET_CLOSED;
        }
        return happened;
    }

    private long kill(int pid, int signal) {
        if (pid == backend.pid() || pid == -backend.pid()) {
            if (signal != 0) {
                backend.signal(signal);
                backend.deliverSignals();
            }
            return 0;
        }
        if (processes.signal(backend, Math.abs(pid), signal)) {
            return 0;
        }
        return fail(Errno.ESRCH);
    }

    private long sleep(int micros) {
        long deadline = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(micros);
        if (backend.heldLightweightLocks() != 0) {
            // Nobody else may run now, and PostgreSQL sleeps so only for moments.
            java.util.concurrent.locks.LockSupport.parkNanos(
                    backend, TimeUnit.MICROSECONDS.toNanos(micros));
            return 0;
        }
        do {
            backend.prepareToWait();
            if (backend.deliverSignals()) {
                return 0;
            }
            backend.await(WaitState.OTHER, deadline);
        } while (!passed(deadline));
        return 0;
    }

    private long processInterrupts() {
        if (backend.mayBeInterrupted()) {
            backend.yieldToOthers();
            backend.deliverSignals();
        }
        return 0;
    }

    private long setTimer(int which, double millis) {
        if (which != 0) {
            return -Errno.EINVAL.number();
        }
        backend.timer(
                millis <= 0
                        ? Backend.NO_TIMER
                        : System.nanoTime() + Math.round(millis * 1_000_000.0));
        return 0;
    }
}
