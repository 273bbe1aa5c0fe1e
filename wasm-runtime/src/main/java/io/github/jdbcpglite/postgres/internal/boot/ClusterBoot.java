package io.github.jdbcpglite.postgres.internal.boot;

import io.github.jdbcpglite.engine.Guest;
import io.github.jdbcpglite.engine.HostFunction;
import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.engine.MemoryAccount;
import io.github.jdbcpglite.engine.MemoryImage;
import io.github.jdbcpglite.engine.MemoryLease;
import io.github.jdbcpglite.engine.SharedMemory;
import io.github.jdbcpglite.host.AbortException;
import io.github.jdbcpglite.host.ExitException;
import io.github.jdbcpglite.host.link.LibraryLoader;
import io.github.jdbcpglite.host.link.LinkedLibraries;
import io.github.jdbcpglite.host.process.HostFunctionTable;
import io.github.jdbcpglite.postgres.channel.DuplexChannel;
import io.github.jdbcpglite.postgres.internal.binary.PgBinary;
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
    private final PgBinary binary;
    private final MemoryAccount pages;
    private final LinearMemory memory;
    private @Nullable MemoryImage image;
    private int stackPointer;
    private int shmemExitIndex;
    private LinkedLibraries libraries = LinkedLibraries.NONE;
    private @Nullable LibraryLoader loader;

    /**
     * Prepares a boot.
     *
     * @param settings PostgreSQL's configuration parameters for the cluster
     */
    public ClusterBoot(GuestProcessLauncher launcher, Map<String, String> settings) {
        this.launcher = launcher;
        this.settings = settings;
        this.binary = launcher.binary();
        this.pages = launcher.engine().newAccount(launcher.budget());
        this.memory = launcher.initialMemory(pages);
    }

    /**
     * Boots on the calling thread, which needs a backend's stack size.
     *
     * @throws ExitException if PostgreSQL refused to start; its log says why
     */
    public ForkSnapshot run() {
        Backend self = self();
        MemoryLease lease = new MemoryLease(memory);
        Cleanup.after(
                () -> {
                    GuestProcessLauncher.GuestProcessHandle process =
                            launcher.launch(memory, table -> addCalls(table, self));
                    Cleanup.after(() -> bootIn(process, self, lease), process::close);
                },
                pages::close);
        MemoryImage taken = image;
        if (taken == null) {
            throw new IllegalStateException("PostgreSQL started without reaching the fork point");
        }
        SharedMemory shared = SharedMemoryFinder.find(launcher.engine(), binary, memory);
        return new ForkSnapshot(
                taken.without(shared),
                stackPointer,
                libraries,
                shared,
                launcher.timestamp(),
                new FirstWrites());
    }

    private void bootIn(
            GuestProcessLauncher.GuestProcessHandle process, Backend self, MemoryLease lease) {
        Guest guest = process.guest();
        loader = process.loader();
        guest.call("__wasm_call_ctors");
        self.bind(guest, lease);
        self.acquireLock();
        addCallbacks(guest);
        guest.call("pgl_setPGliteActive", 1);
        runSingleUserMode(guest);
        detachSharedMemory(guest);
        process.environment().leaveSegments();
    }

    /** Returns the process that boots, as the only one of a cluster of its own. */
    private Backend self() {
        ClusterCounters uncounted = new ClusterCounters();
        GiantLock lock = new GiantLock(uncounted);
        return new Backend(
                ProcessTable.POSTMASTER_PID,
                0,
                new DuplexChannel(1).server(),
                lock,
                new Ticker("pglite-ticker-boot", lock, running -> {}, () -> {}),
                uncounted,
                binary);
    }

    /**
     * Adds the calls of a process among others. Recovery signals and awaits itself when it repeats
     * a DROP DATABASE or DROP TABLESPACE.
     */
    private void addCalls(HostFunctionTable table, Backend self) {
        new LateCalls(new BackendCalls(self, new ProcessTable())).register(table);
        table.wrap(BackendCalls.WAIT, wait -> (caller, args) -> waitAlone(wait, caller, args));
        table.wrap(
                "__syscall_dup",
                duplicate ->
                        (caller, args) -> {
                            if (image == null) {
                                takeSnapshot(caller);
                            }
                            return duplicate.call(caller, args);
                        });
    }

    /** Waits for a time; what else is awaited has happened already or never will. */
    private static long waitAlone(HostFunction wait, Guest caller, long[] args) {
        if ((int) args[1] >= 0) {
            return wait.call(caller, args);
        }
        long[] withoutWaiting = args.clone();
        withoutWaiting[1] = 0;
        long events = wait.call(caller, withoutWaiting);
        if (events == 0) {
            throw new AbortException("PostgreSQL waits for another process while it starts");
        }
        return events;
    }

    private void takeSnapshot(Guest guest) {
        image = memory.freeze();
        LibraryLoader libraryLoader = loader;
        if (libraryLoader != null) {
            libraries = libraryLoader.linked();
        }
        launcher.segments().forget();
        stackPointer = guest.stackPointer();
        shmemExitIndex = memory.getInt(binary.onShmemExitIndex);
    }

    /** Registers callbacks at the table indexes that every process's own will have. */
    private static void addCallbacks(Guest guest) {
        int receive = guest.addFunction(GuestProcessLauncher.TRANSFER, (caller, args) -> 0);
        int send = guest.addFunction(GuestProcessLauncher.TRANSFER, (caller, args) -> args[1]);
        int openPipe = guest.addFunction(GuestProcessLauncher.TRANSFER, (caller, args) -> 0);
        guest.call("pgl_set_rw_cbs", receive, send);
        guest.call("pgl_set_popen_fn", openPipe);
    }

    private void runSingleUserMode(Guest guest) {
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

    private int argumentVector(Guest guest, List<String> arguments) {
        int vector = (int) guest.call("malloc", 4L * (arguments.size() + 1));
        for (int i = 0; i < arguments.size(); i++) {
            byte[] text = (arguments.get(i) + "\0").getBytes(StandardCharsets.UTF_8);
            int address = (int) guest.call("malloc", text.length);
            memory.put(address, text);
            memory.putInt(vector + 4 * i, address);
        }
        memory.putInt(vector + 4 * arguments.size(), 0);
        return vector;
    }

    /** Runs the exit callbacks registered since the fork point, newest first. */
    private void detachSharedMemory(Guest guest) {
        int index = memory.getInt(binary.onShmemExitIndex);
        while (index > shmemExitIndex) {
            index--;
            memory.putInt(binary.onShmemExitIndex, index);
            int entry = binary.onShmemExitList + binary.exitEntryBytes * index;
            guest.callIndirect(
                    memory.getInt(entry + binary.exitEntryFunction),
                    0,
                    memory.getInt(entry + binary.exitEntryArgument));
        }
    }
}
