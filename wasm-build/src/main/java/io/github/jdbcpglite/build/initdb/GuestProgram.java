package io.github.jdbcpglite.build.initdb;

import io.github.jdbcpglite.engine.Engine;
import io.github.jdbcpglite.engine.Guest;
import io.github.jdbcpglite.engine.HostFunction;
import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.engine.MainModule;
import io.github.jdbcpglite.engine.bytecode.BytecodeEngine;
import io.github.jdbcpglite.host.ControlFlow;
import io.github.jdbcpglite.host.ExitException;
import io.github.jdbcpglite.host.descriptor.FdTable;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.OpenFlags;
import io.github.jdbcpglite.host.link.LibraryLoader;
import io.github.jdbcpglite.host.link.SideModules;
import io.github.jdbcpglite.host.process.GuestCalls;
import io.github.jdbcpglite.host.process.GuestProcess;
import io.github.jdbcpglite.host.process.HostFunctionTable;
import io.github.jdbcpglite.host.process.SharedSegments;
import io.github.jdbcpglite.host.syscall.HostFunctions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** One run of a program: an instance with memory and descriptors of its own over shared files. */
final class GuestProgram implements AutoCloseable {
    /** Runs all programs of the build. */
    static final Engine ENGINE = BytecodeEngine.INSTANCE;

    private final GuestProcess process;
    private final Guest guest;

    private GuestProgram(GuestProcess process, Guest guest) {
        this.process = process;
        this.guest = guest;
    }

    /**
     * Files that a program's standard streams are.
     *
     * @param input absolute path, read
     * @param output absolute path, created or cut
     */
    record Streams(String input, String output) {}

    /**
     * Instantiates a program and runs its constructors.
     *
     * @param host the files, clock and random numbers
     * @param module what to run
     * @param libraries what it may load
     * @param streams its standard input and output
     * @throws ErrnoException if a stream cannot be opened
     */
    static GuestProgram start(
            BuildHost host, MainModule module, SideModules libraries, Streams streams)
            throws ErrnoException {
        LinearMemory memory = ENGINE.newMemory(module, ENGINE.unlimitedAccount());
        FdTable descriptors = new FdTable();
        int write = OpenFlags.WRITE_ONLY | OpenFlags.CREATE | OpenFlags.TRUNCATE;
        descriptors.open(host.files(), streams.input(), OpenFlags.READ_ONLY, 0);
        descriptors.open(host.files(), streams.output(), write, 0600);
        descriptors.open(host.files(), "/dev/stderr", OpenFlags.WRITE_ONLY, 0);
        GuestProcess process =
                GuestProcess.builder(memory, host.files(), descriptors)
                        .environment(BuildHost.ENVIRONMENT)
                        .clock(host.clock())
                        .sleeper(host.clock()::skip)
                        .random(host.random())
                        .umask(077)
                        .segments(new SharedSegments(ENGINE::newSharedPages))
                        .build();
        LibraryLoader loader = new LibraryLoader(ENGINE, libraries);
        HostFunctionTable table = HostFunctions.of(process);
        table.addAll(ControlFlow.of("the guest"));
        table.addAll(loader.functions());
        // In the rewritten main module these are the places where a scheduler would deliver
        // signals, and look at the depth of the stack.
        table.add("_emscripten_runtime_keepalive_clear", (caller, args) -> 0);
        table.wrap("__syscall_bind", refused -> (caller, args) -> 0);
        Map<String, HostFunction> functions = table.functions();
        loader.hostFunctions(functions);
        Guest guest = ENGINE.instantiate(module, memory, functions);
        process.bind(GuestCalls.of(guest));
        guest.call("__wasm_call_ctors");
        return new GuestProgram(process, guest);
    }

    Guest guest() {
        return guest;
    }

    /** Reads a string that the guest passes by address. */
    String string(long address) {
        return guest.memory().getString((int) address, StandardCharsets.UTF_8);
    }

    /** Writes a string that the guest keeps for its life. */
    int newString(String text) {
        byte[] bytes = (text + "\0").getBytes(StandardCharsets.UTF_8);
        int address = allocate(bytes.length);
        guest.memory().put(address, bytes);
        return address;
    }

    private int allocate(int size) {
        int address = (int) guest.call("malloc", size);
        if (address == 0) {
            throw new IllegalStateException("the guest has no memory for " + size + " bytes");
        }
        return address;
    }

    /** Opens a file with the guest's own {@code fopen}; returns 0 if it cannot be opened. */
    long openStream(String path, String mode) {
        return guest.call("fopen", newString(path), newString(mode));
    }

    /**
     * Runs {@code main}.
     *
     * @param words the program's name and its arguments
     * @return the exit status
     */
    int run(List<String> words) {
        int vector = allocate(Integer.BYTES * (words.size() + 1));
        for (int i = 0; i < words.size(); i++) {
            guest.memory().putInt(vector + Integer.BYTES * i, newString(words.get(i)));
        }
        guest.memory().putInt(vector + Integer.BYTES * words.size(), 0);
        try {
            int status = (int) guest.call("__main_argc_argv", words.size(), vector);
            guest.call("fflush", 0);
            return status;
        } catch (ExitException e) {
            return e.status();
        }
    }

    @Override
    public void close() throws ErrnoException {
        process.close();
    }
}
