package io.github.jdbcpglite.wasm.sched;

import io.github.jdbcpglite.wasm.emscripten.ExitException;
import io.github.jdbcpglite.wasm.emscripten.GuestInstance;
import io.github.jdbcpglite.wasm.memory.PagedLinearMemory;

/** The life of one backend, from the fork snapshot to its exit, on the thread that runs this. */
final class BackendThread {
    private static final System.Logger LOG = System.getLogger(BackendThread.class.getName());

    private final Backend backend;
    private final ForkSnapshot fork;
    private final GuestProcessLauncher launcher;
    private final ProcessTable processes;
    private final int canAcceptConnections;

    BackendThread(
            Backend backend,
            ForkSnapshot fork,
            GuestProcessLauncher launcher,
            ProcessTable processes,
            int canAcceptConnections) {
        this.backend = backend;
        this.fork = fork;
        this.launcher = launcher;
        this.processes = processes;
        this.canAcceptConnections = canAcceptConnections;
    }

    /** Runs the backend to its end; the caller closes its channel. */
    void run() {
        PagedLinearMemory memory =
                PagedLinearMemory.restore(fork.image(), GuestProcessLauncher.MAXIMUM_WASM_PAGES);
        BackendCalls calls = new BackendCalls(backend, processes);
        try (GuestProcessLauncher.GuestProcessHandle process =
                launcher.launch(memory, calls.functions())) {
            GuestInstance guest = process.guest();
            memory.thaw();
            guest.stackPointer(fork.stackPointer());
            int receive =
                    guest.addTableFunction(
                            GuestProcessLauncher.TRANSFER,
                            args -> calls.receive((int) args[0], (int) args[1]));
            int send =
                    guest.addTableFunction(
                            GuestProcessLauncher.TRANSFER,
                            args -> calls.send((int) args[0], (int) args[1]));
            backend.bind(guest);
            backend.acquireLock();
            fork.shared().join(memory);
            try {
                guest.call("pgl_set_rw_cbs", receive, send);
                new BackendMain(backend).run(canAcceptConnections);
            } catch (ExitException e) {
                LOG.log(
                        System.Logger.Level.DEBUG,
                        "backend {0} ended with status {1}",
                        backend.pid(),
                        e.status());
            } finally {
                fork.shared().leave(memory);
                backend.releaseLock();
            }
        }
    }
}
