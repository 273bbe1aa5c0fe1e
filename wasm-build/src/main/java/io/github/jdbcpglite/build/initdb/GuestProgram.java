package io.github.jdbcpglite.build.initdb;

import io.github.jdbcpglite.engine.bytecode.memory.PagedLinearMemory;
import io.github.jdbcpglite.host.ControlFlow;
import io.github.jdbcpglite.host.ExitException;
import io.github.jdbcpglite.host.GuestInstance;
import io.github.jdbcpglite.host.HostFunction;
import io.github.jdbcpglite.host.descriptor.FdTable;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.OpenFlags;
import io.github.jdbcpglite.host.link.LibraryLoader;
import io.github.jdbcpglite.host.link.SideModules;
import io.github.jdbcpglite.host.process.GuestCalls;
import io.github.jdbcpglite.host.process.GuestProcess;
import io.github.jdbcpglite.host.syscall.HostFunctions;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One run of a program: an instance with memory and descriptors of its own over shared files. */
final class GuestProgram implements AutoCloseable {
    private final GuestProcess process;
    private final GuestInstance guest;

    private GuestProgram(GuestProcess process, GuestInstance guest) {
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
            BuildHost host, GuestModule module, SideModules libraries, Streams streams)
            throws ErrnoException {
        PagedLinearMemory memory = module.newMemory();
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
                        .build();
        LibraryLoader loader = new LibraryLoader(libraries);
        Map<String, HostFunction> functions = new HashMap<>(HostFunctions.of(process));
        functions.putAll(ControlFlow.of("the guest", memory));
        // In the rewritten main module these are the places where a scheduler would deliver
        // signals, and look at the depth of the Java stack.
        functions.put("_emscripten_runtime_keepalive_clear", args -> 0);
        functions.put("__syscall_bind", args -> 0);
        functions.putAll(loader.functions());
        GuestInstance guest = module.instantiate(memory, functions);
        process.bind(GuestCalls.of(guest));
        loader.bind(guest, functions);
        guest.call("__wasm_call_ctors");
        return new GuestProgram(process, guest);
    }

    GuestInstance guest() {
        return guest;
    }

    /** Reads a string that the guest passes by address. */
    String string(long address) {
        return guest.memory().readCString((int) address, StandardCharsets.UTF_8);
    }

    /** Writes a string that the guest keeps for its life. */
    int newString(String text) {
        byte[] bytes = (text + "\0").getBytes(StandardCharsets.UTF_8);
        int address = allocate(bytes.length);
        guest.memory().write(address, bytes);
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
            guest.memory().writeI32(vector + Integer.BYTES * i, newString(words.get(i)));
        }
        guest.memory().writeI32(vector + Integer.BYTES * words.size(), 0);
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
