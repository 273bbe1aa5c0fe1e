package io.github.jdbcpglite.postgres.internal.process;

import io.github.jdbcpglite.engine.Engine;
import io.github.jdbcpglite.engine.Guest;
import io.github.jdbcpglite.engine.HostFunction;
import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.engine.MemoryAccount;
import io.github.jdbcpglite.engine.Signature;
import io.github.jdbcpglite.engine.budget.MemoryBudget;
import io.github.jdbcpglite.host.ControlFlow;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.FileSystem;
import io.github.jdbcpglite.host.link.LibraryLoader;
import io.github.jdbcpglite.host.process.HostFunctionTable;
import io.github.jdbcpglite.host.process.SharedSegments;
import io.github.jdbcpglite.postgres.internal.binary.PgBinary;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Puts together what a guest process needs and instantiates the main module for it. */
public final class GuestProcessLauncher {
    /** {@code recv} and {@code send} callbacks: address and length to a count. */
    public static final Signature TRANSFER =
            new Signature(
                    List.of(Signature.Type.I32, Signature.Type.I32), List.of(Signature.Type.I32));

    private static final Instant POSTGRES_EPOCH = Instant.ofEpochSecond(946_684_800);

    /** {@code postmaster_alive_fds} as it is initialised. */
    private static final int POSTMASTER_PIPE = -1;

    private final ClusterEnvironment program;
    private final SharedSegments segments;
    private final MissingExtension missingExtension;

    /** Makes a launcher of a cluster's processes. */
    public GuestProcessLauncher(ClusterEnvironment program) {
        this.program = program;
        this.segments = new SharedSegments(program.engine()::newSharedPages);
        this.missingExtension = new MissingExtension(program.missing(), program.binary());
    }

    /** Returns where PostgreSQL's variables are. */
    public PgBinary binary() {
        return program.binary();
    }

    /** Returns what runs the cluster's modules. */
    public Engine engine() {
        return program.engine();
    }

    /**
     * Returns memory as the instantiation of the main module leaves it.
     *
     * @param account is asked when it grows
     */
    public LinearMemory initialMemory(MemoryAccount account) {
        return engine().newMemory(program.mainModule(), account);
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
     * @param calls adds or wraps host functions, beyond those of every process
     */
    public GuestProcessHandle launch(LinearMemory memory, Consumer<HostFunctionTable> calls) {
        ProcessEnvironment environment = new ProcessEnvironment(memory, program, segments);
        LibraryLoader loader = new LibraryLoader(engine(), program.sideModules());
        HostFunctionTable table = environment.functions();
        table.addAll(ControlFlow.of("the guest"));
        table.addAll(loader.functions());
        table.wrap(MissingExtension.STAT, missingExtension::watch);
        table.wrap("fd_read", GuestProcessLauncher::withPostmasterPipe);
        calls.accept(table);
        table.wrapAll(program.filter()::apply);
        Map<String, HostFunction> functions = table.functions();
        loader.hostFunctions(functions);
        Guest guest = engine().instantiate(program.mainModule(), memory, functions);
        environment.bind(guest);
        return new GuestProcessHandle(guest, environment, loader);
    }

    /**
     * A process that was launched.
     *
     * @param guest its instance
     * @param environment its files and descriptors
     * @param loader its libraries
     */
    public record GuestProcessHandle(
            Guest guest, ProcessEnvironment environment, LibraryLoader loader)
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
        return (caller, args) ->
                (int) args[0] == POSTMASTER_PIPE ? Errno.EAGAIN.number() : read.call(caller, args);
    }
}
