package io.github.jdbcpglite.postgres.internal.boot;

import io.github.jdbcpglite.engine.Guest;
import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.engine.MemoryAccount;
import io.github.jdbcpglite.engine.MemoryLease;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.postgres.internal.binary.PgBinary;
import io.github.jdbcpglite.postgres.internal.process.Backend;
import io.github.jdbcpglite.postgres.internal.process.BackendCalls;
import io.github.jdbcpglite.postgres.internal.process.GuestProcessLauncher;
import io.github.jdbcpglite.postgres.internal.process.LateCalls;
import io.github.jdbcpglite.postgres.internal.process.ProcessTable;
import java.nio.charset.StandardCharsets;

/**
 * A child of the postmaster as {@code fork()} leaves it: memory that is a copy of the parent's, an
 * instance over it, and descriptors. No instruction of it has run, it has no pid and does not see
 * shared memory, so PostgreSQL cannot tell when it was made.
 *
 * <p>Belongs to the thread that makes it.
 */
public final class ForkedProcess implements SpareThread.Prepared {
    private static final String LOCALES = "/pglite/locale-a\0";

    private final LinearMemory memory;
    private final MemoryLease lease;
    private final PgBinary binary;
    private final LateCalls calls = new LateCalls();
    private final GuestProcessLauncher.GuestProcessHandle process;
    private final int receive;
    private final int send;
    private final int openPipe;

    /**
     * Forks.
     *
     * @param pages where its memory comes from, owned by the caller
     */
    public ForkedProcess(ForkSnapshot fork, GuestProcessLauncher launcher, MemoryAccount pages) {
        memory = launcher.engine().restore(fork.image(), pages);
        lease = new MemoryLease(memory);
        binary = launcher.binary();
        process = launcher.launch(memory, calls::register);
        boolean done = false;
        try {
            fork.firstWrites().copyIn(memory);
            Guest guest = process.guest();
            guest.stackPointer(fork.stackPointer());
            receive =
                    guest.addFunction(
                            GuestProcessLauncher.TRANSFER,
                            (caller, args) -> calls.bound().receive((int) args[0], (int) args[1]));
            send =
                    guest.addFunction(
                            GuestProcessLauncher.TRANSFER,
                            (caller, args) -> calls.bound().send((int) args[0], (int) args[1]));
            openPipe = guest.addFunction(GuestProcessLauncher.TRANSFER, this::openPipe);
            process.loader().restore(guest, fork.libraries());
            done = true;
        } finally {
            if (!done) {
                process.close();
            }
        }
    }

    /** Lets it be a backend. */
    public void become(Backend backend, ProcessTable processes) {
        calls.bind(new BackendCalls(backend, processes));
        backend.bind(process.guest(), lease);
    }

    /** Puts the callbacks for the client's socket and for programs into PostgreSQL's variables. */
    public void setCallbacks() {
        process.guest().call("pgl_set_rw_cbs", receive, send);
        process.guest().call("pgl_set_popen_fn", openPipe);
    }

    /**
     * The {@code popen} of {@code COPY … PROGRAM}: EPERM, which PostgreSQL reports as 42501. There
     * is no shell, and programs of the host are none of a guest's business. What {@code locale -a}
     * would print, with which pg_import_system_collations begins, is in a file.
     */
    private long openPipe(Guest caller, long[] args) {
        if (caller.memory().getString((int) args[0]).equals("locale -a")) {
            return openLocales(caller, args[1]);
        }
        caller.memory().putInt(binary.errno, Errno.EPERM.number());
        return 0;
    }

    private static long openLocales(Guest caller, long mode) {
        byte[] path = LOCALES.getBytes(StandardCharsets.US_ASCII);
        int stackPointer = caller.stackPointer();
        long address = caller.call("_emscripten_stack_alloc", path.length);
        caller.memory().put((int) address, path);
        long stream = caller.call("fopen", address, mode);
        caller.stackPointer(stackPointer);
        return stream;
    }

    /** Returns its memory. */
    public LinearMemory memory() {
        return memory;
    }

    /** Leaves the shared memory that the process has mapped; with the giant lock held. */
    public void leaveSegments() {
        process.environment().leaveSegments();
    }

    /** Closes descriptors and gives up memory, when no other thread looks into it any more. */
    @Override
    public void close() {
        try {
            process.close();
        } finally {
            lease.release();
        }
    }
}
