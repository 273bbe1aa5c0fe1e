package io.github.jdbcpglite.postgres.internal.process;

import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import io.github.jdbcpglite.engine.budget.MemoryBudget;
import io.github.jdbcpglite.engine.bytecode.memory.PageSource;
import io.github.jdbcpglite.engine.bytecode.memory.PagedLinearMemory;
import io.github.jdbcpglite.host.ControlFlow;
import io.github.jdbcpglite.host.GuestInstance;
import io.github.jdbcpglite.host.HostFunction;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.FileSystem;
import io.github.jdbcpglite.host.link.LibraryLoader;
import io.github.jdbcpglite.host.process.SharedSegments;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts together what a guest process needs and instantiates the main module for it. */
public final class GuestProcessLauncher {
    /** {@code recv} and {@code send} callbacks: address and length to a count. */
    public static final FunctionType TRANSFER =
            FunctionType.of(List.of(ValType.I32, ValType.I32), List.of(ValType.I32));

    public static final int MAXIMUM_WASM_PAGES = Memory.RUNTIME_MAX_PAGES;

    private static final Instant POSTGRES_EPOCH = Instant.ofEpochSecond(946_684_800);

    /** {@code postmaster_alive_fds} as it is initialised. */
    private static final int POSTMASTER_PIPE = -1;

    private final ClusterEnvironment program;
    private final SharedSegments segments = new SharedSegments();
    private final MissingExtension missingExtension;

    /** Makes a launcher of a cluster's processes. */
    public GuestProcessLauncher(ClusterEnvironment program) {
        this.program = program;
        this.missingExtension = new MissingExtension(program.missing());
    }

    /**
     * Returns memory as the instantiation of the main module leaves it.
     *
     * @param pages where what is written comes from
     */
    public PagedLinearMemory initialMemory(PageSource pages) {
        return PagedLinearMemory.restore(
                program.mainModule().initialMemory().get(), MAXIMUM_WASM_PAGES, pages);
    }

    /** Returns what the cluster may take of the heap. */
    public MemoryBudget budget() {
        return program.budget();
    }

    /** Returns the time of day in PostgreSQL's terms, microseconds since the year 2000. */
    public long timestamp() {
        return ChronoUnit.MICROS.between(POSTGRES_EPOCH, program.clock().now());
    }

    /** Returns the shared memory that processes map beyond what they are forked with. */
    public SharedSegments segments() {
        return segments;
    }

    /** Returns the files of the cluster. */
    public FileSystem files() {
        return program.files();
    }

    /**
     * Instantiates a process.
     *
     * @param memory its memory, fresh or restored
     * @param calls host functions that this process has beyond the environment's, or in their place
     */
    public GuestProcessHandle launch(PagedLinearMemory memory, Map<String, HostFunction> calls) {
        ProcessEnvironment environment = new ProcessEnvironment(memory, program, segments);
        LibraryLoader loader = new LibraryLoader(program.sideModules());
        Map<String, HostFunction> functions = new HashMap<>(environment.functions());
        functions.putAll(ControlFlow.of("the guest", memory));
        functions.putAll(loader.functions());
        functions.computeIfPresent(
                MissingExtension.STAT, (name, stat) -> missingExtension.watch(stat, memory));
        functions.computeIfPresent("fd_read", (name, read) -> withPostmasterPipe(read));
        functions.putAll(calls);
        functions.replaceAll(program.filter()::apply);
        GuestInstance guest = new GuestInstance(program.mainModule(), memory, functions);
        environment.bind(guest);
        loader.bind(guest, functions);
        return new GuestProcessHandle(guest, environment, loader, functions);
    }

    /**
     * A process that was launched.
     *
     * @param guest its instance
     * @param environment its files and descriptors
     * @param loader its libraries
     * @param functions all its host functions
     */
    public record GuestProcessHandle(
            GuestInstance guest,
            ProcessEnvironment environment,
            LibraryLoader loader,
            Map<String, HostFunction> functions)
            implements AutoCloseable {
        @Override
        public void close() {
            environment.close();
        }
    }

    /**
     * Answers EAGAIN to a read of the pipe whose end would mean that the postmaster has died:
     * {@code PostmasterIsAlive} reads it before each pause of a vacuum. The descriptor is -1, as
     * there is no postmaster that could have made the pipe.
     */
    private static HostFunction withPostmasterPipe(HostFunction read) {
        return args -> (int) args[0] == POSTMASTER_PIPE ? Errno.EAGAIN.number() : read.call(args);
    }
}
