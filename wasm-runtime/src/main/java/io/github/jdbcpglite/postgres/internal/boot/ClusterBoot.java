package io.github.jdbcpglite.postgres.internal.boot;

import io.github.jdbcpglite.engine.bytecode.memory.MemoryImage;
import io.github.jdbcpglite.engine.bytecode.memory.PageSource;
import io.github.jdbcpglite.engine.bytecode.memory.PagedLinearMemory;
import io.github.jdbcpglite.engine.bytecode.memory.SharedRegion;
import io.github.jdbcpglite.host.AbortException;
import io.github.jdbcpglite.host.ExitException;
import io.github.jdbcpglite.host.GuestInstance;
import io.github.jdbcpglite.host.HostFunction;
import io.github.jdbcpglite.host.link.LibraryLoader;
import io.github.jdbcpglite.host.link.LinkedLibraries;
import io.github.jdbcpglite.postgres.channel.DuplexChannel;
import io.github.jdbcpglite.postgres.internal.binary.PgSymbols;
import io.github.jdbcpglite.postgres.internal.binary.SharedMemoryFinder;
import io.github.jdbcpglite.postgres.internal.process.Backend;
import io.github.jdbcpglite.postgres.internal.process.BackendCalls;
import io.github.jdbcpglite.postgres.internal.process.Cleanup;
import io.github.jdbcpglite.postgres.internal.process.ClusterCounters;
import io.github.jdbcpglite.postgres.internal.process.GiantLock;
import io.github.jdbcpglite.postgres.internal.process.GuestProcessLauncher;
import io.github.jdbcpglite.postgres.internal.process.LateCalls;
import io.github.jdbcpglite.postgres.internal.process.ProcessEnvironment;
import io.github.jdbcpglite.postgres.internal.process.ProcessTable;
import io.github.jdbcpglite.postgres.internal.process.Ticker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Starts PostgreSQL once per cluster: creates shared memory, takes the fork snapshot, runs
 * recovery, and then leaves shared memory as a dead child would.
 *
 * <p>The fork point is the first call of {@code dup}, which {@code count_usable_fds} makes after
 * shared memory was created and before the process takes a slot in it.
 */
public final class ClusterBoot {
    private static final int SINGLE_USER_END = 99;
    private static final String PROGRAM = "/pglite/bin/postgres";

    private final GuestProcessLauncher launcher;
    private final Map<String, String> settings;
    private final PageSource pages;
    private final PagedLinearMemory memory;
    private @Nullable MemoryImage image;
    private int stackPointer;
    private int shmemExitIndex;
    private LinkedLibraries libraries = LinkedLibraries.NONE;

    /**
     * Prepares a boot.
     *
     * @param settings PostgreSQL's configuration parameters for the cluster
     */
    public ClusterBoot(GuestProcessLauncher launcher, Map<String, String> settings) {
        this.launcher = launcher;
        this.settings = settings;
        this.pages = PageSource.of(launcher.budget());
        this.memory = launcher.initialMemory(pages);
    }

    /**
     * Boots on the calling thread, which needs a backend's stack size.
     *
     * @throws ExitException if PostgreSQL refused to start; its log says why
     */
    public ForkSnapshot run() {
        Backend self = self();
        Map<String, HostFunction> calls = new HashMap<>(processCalls(self));
        GuestInstance[] booting = new GuestInstance[1];
        HostFunction[] duplicate = new HostFunction[1];
        LibraryLoader[] loaders = new LibraryLoader[1];
        calls.put(
                "__syscall_dup",
                args -> {
                    if (image == null) {
                        takeSnapshot(booting[0]);
                        libraries = loaders[0].linked();
                    }
                    return duplicate[0].call(args);
                });
        Cleanup.after(
                () -> {
                    GuestProcessLauncher.GuestProcessHandle process =
                            launcher.launch(memory, calls);
                    Runnable work =
                            () -> {
                                GuestInstance guest = process.guest();
                                booting[0] = guest;
                                loaders[0] = process.loader();
                                duplicate[0] =
                                        guest.resolve(
                                                "__syscall_dup", process.environment().functions());
                                bootIn(process, self);
                            };
                    Cleanup.after(work, process::close);
                },
                pages::close);
        MemoryImage taken = image;
        if (taken == null) {
            throw new IllegalStateException("PostgreSQL started without reaching the fork point");
        }
        SharedRegion shared = SharedMemoryFinder.find(memory);
        return new ForkSnapshot(
                taken.without(shared), stackPointer, libraries, shared, launcher.timestamp());
    }

    private void bootIn(GuestProcessLauncher.GuestProcessHandle process, Backend self) {
        GuestInstance guest = process.guest();
        guest.call("__wasm_call_ctors");
        self.bind(guest);
        self.acquireLock();
        addCallbacks(guest);
        guest.call("pgl_setPGliteActive", 1);
        runSingleUserMode(guest);
        detachSharedMemory(guest);
        process.environment().leaveSegments();
    }

    /** Returns the process that boots, as the only one of a cluster of its own. */
    private static Backend self() {
        ClusterCounters uncounted = new ClusterCounters();
        GiantLock lock = new GiantLock(uncounted);
        return new Backend(
                ProcessTable.POSTMASTER_PID,
                0,
                new DuplexChannel(1).server(),
                lock,
                new Ticker("pglite-ticker-boot", lock, running -> {}, () -> {}),
                uncounted);
    }

    /**
     * Returns the calls of a process among others. Recovery signals and awaits itself when it
     * repeats a DROP DATABASE or DROP TABLESPACE.
     */
    private static Map<String, HostFunction> processCalls(Backend self) {
        Map<String, HostFunction> calls =
                new LateCalls(new BackendCalls(self, new ProcessTable())).functions();
        calls.computeIfPresent(BackendCalls.WAIT, (name, wait) -> args -> waitAlone(wait, args));
        return calls;
    }

    /** Waits for a time; what else is awaited has happened already or never will. */
    private static long waitAlone(HostFunction wait, long[] args) {
        if ((int) args[1] >= 0) {
            return wait.call(args);
        }
        long[] withoutWaiting = args.clone();
        withoutWaiting[1] = 0;
        long events = wait.call(withoutWaiting);
        if (events == 0) {
            throw new AbortException("PostgreSQL waits for another process while it starts");
        }
        return events;
    }

    private void takeSnapshot(GuestInstance guest) {
        image = memory.freezeImage();
        launcher.segments().forget();
        stackPointer = guest.stackPointer();
        shmemExitIndex = memory.readInt(PgSymbols.ON_SHMEM_EXIT_INDEX);
    }

    /** Registers callbacks at the table indexes that every process's own will have. */
    private static void addCallbacks(GuestInstance guest) {
        int receive = guest.addTableFunction(GuestProcessLauncher.TRANSFER, args -> 0);
        int send = guest.addTableFunction(GuestProcessLauncher.TRANSFER, args -> args[1]);
        int openPipe = guest.addTableFunction(GuestProcessLauncher.TRANSFER, args -> 0);
        guest.call("pgl_set_rw_cbs", receive, send);
        guest.call("pgl_set_popen_fn", openPipe);
    }

    private void runSingleUserMode(GuestInstance guest) {
        List<String> arguments = new ArrayList<>(List.of(PROGRAM, "--single", "-j"));
        settings.forEach(
                (name, value) -> {
                    arguments.add("-c");
                    arguments.add(name + "=" + value);
                });
        arguments.addAll(List.of("-D", ProcessEnvironment.DATA_DIRECTORY, "postgres"));
        try {
            guest.call("__main_argc_argv", arguments.size(), argumentVector(guest, arguments));
        } catch (ExitException e) {
            if (e.status() != SINGLE_USER_END) {
                throw e;
            }
        }
    }

    private int argumentVector(GuestInstance guest, List<String> arguments) {
        int vector = (int) guest.call("malloc", 4L * (arguments.size() + 1));
        for (int i = 0; i < arguments.size(); i++) {
            byte[] text = (arguments.get(i) + "\0").getBytes(StandardCharsets.UTF_8);
            int address = (int) guest.call("malloc", text.length);
            memory.write(address, text);
            memory.writeI32(vector + 4 * i, address);
        }
        memory.writeI32(vector + 4 * arguments.size(), 0);
        return vector;
    }

    /** Runs the exit callbacks registered since the fork point, newest first. */
    private void detachSharedMemory(GuestInstance guest) {
        int index = memory.readInt(PgSymbols.ON_SHMEM_EXIT_INDEX);
        while (index > shmemExitIndex) {
            index--;
            memory.writeI32(PgSymbols.ON_SHMEM_EXIT_INDEX, index);
            int entry = PgSymbols.ON_SHMEM_EXIT_LIST + 8 * index;
            guest.callIndirect(memory.readInt(entry), 0, memory.readInt(entry + 4));
        }
    }
}
