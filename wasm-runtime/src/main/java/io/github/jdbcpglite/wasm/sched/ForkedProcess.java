package io.github.jdbcpglite.wasm.sched;

import io.github.jdbcpglite.wasm.emscripten.GuestInstance;
import io.github.jdbcpglite.wasm.fs.Errno;
import io.github.jdbcpglite.wasm.memory.PageSource;
import io.github.jdbcpglite.wasm.memory.PagedLinearMemory;
import java.util.BitSet;

/**
 * A child of the postmaster as {@code fork()} leaves it: memory that is a copy of the parent's, an
 * instance over it, and descriptors. No instruction of it has run, it has no pid and does not see
 * shared memory, so PostgreSQL cannot tell when it was made.
 *
 * <p>Belongs to the thread that makes it.
 */
final class ForkedProcess implements SpareThread.Prepared {
    private final PagedLinearMemory memory;
    private final LateCalls calls = new LateCalls();
    private final GuestProcessLauncher.GuestProcessHandle process;
    private final int receive;
    private final int send;
    private final int openPipe;

    /**
     * Forks.
     *
     * @param pages where its memory comes from, owned by the caller
     * @param copied pages that it will write soon, copied at once
     */
    ForkedProcess(
            ForkSnapshot fork, GuestProcessLauncher launcher, PageSource pages, BitSet copied) {
        memory =
                PagedLinearMemory.restore(
                        fork.image(), GuestProcessLauncher.MAXIMUM_WASM_PAGES, pages);
        process = launcher.launch(memory, calls.functions());
        boolean done = false;
        try {
            GuestInstance guest = process.guest();
            guest.stackPointer(fork.stackPointer());
            receive =
                    guest.addTableFunction(
                            GuestProcessLauncher.TRANSFER,
                            args -> calls.bound().receive((int) args[0], (int) args[1]));
            send =
                    guest.addTableFunction(
                            GuestProcessLauncher.TRANSFER,
                            args -> calls.bound().send((int) args[0], (int) args[1]));
            openPipe = guest.addTableFunction(GuestProcessLauncher.TRANSFER, this::openPipe);
            process.loader().restore(fork.libraries());
            memory.makeOwn(copied);
            done = true;
        } finally {
            if (!done) {
                process.close();
            }
        }
    }

    /** Lets it be a backend. */
    void become(Backend backend, ProcessTable processes) {
        calls.bind(new BackendCalls(backend, processes));
        backend.bind(process.guest());
    }

    /** Puts the callbacks for the client's socket and for programs into PostgreSQL's variables. */
    void setCallbacks() {
        process.guest().call("pgl_set_rw_cbs", receive, send);
        process.guest().call("pgl_set_popen_fn", openPipe);
    }

    /**
     * The {@code popen} of {@code COPY … PROGRAM}: EPERM, which PostgreSQL reports as 42501. There
     * is no shell, and programs of the host are none of a guest's business.
     */
    private long openPipe(long[] args) {
        memory.writeI32(PgSymbols.ERRNO, Errno.EPERM.number());
        return 0;
    }

    PagedLinearMemory memory() {
        return memory;
    }

    /** Leaves the shared memory that the process has mapped; with the giant lock held. */
    void leaveSegments() {
        process.environment().leaveSegments();
    }

    /**
     * Closes descriptors and gives up memory, except for the variables: other threads look at those
     * until they notice that the process has ended.
     */
    @Override
    public void close() {
        try {
            process.close();
        } finally {
            memory.recycle(PgSymbols.FIRST_PAGE_WITHOUT_VARIABLES);
        }
    }
}
