package io.github.jdbcpglite.host.program;

import io.github.jdbcpglite.engine.Engine;
import io.github.jdbcpglite.engine.Guest;
import io.github.jdbcpglite.engine.HostFunction;
import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.engine.MainModule;
import io.github.jdbcpglite.engine.Signature;
import io.github.jdbcpglite.host.AbortException;
import io.github.jdbcpglite.host.ControlFlow;
import io.github.jdbcpglite.host.ExitException;
import io.github.jdbcpglite.host.descriptor.FdTable;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.OpenFlags;
import io.github.jdbcpglite.host.fs.memory.Devices;
import io.github.jdbcpglite.host.fs.memory.MemoryFileSystem;
import io.github.jdbcpglite.host.process.GuestCalls;
import io.github.jdbcpglite.host.process.GuestProcess;
import io.github.jdbcpglite.host.process.HostFunctionTable;
import io.github.jdbcpglite.host.syscall.HostFunctions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/**
 * One run of a client program.
 *
 * <p>libpq inside it has no sockets: it takes any descriptor for one, and sends and receives
 * through two functions that {@code pgl_set_rw_cbs} is given.
 */
final class ProgramRun {
    /** {@code int (void *bytes, int length)}. */
    private static final Signature TRANSFER =
            new Signature(
                    List.of(Signature.Type.I32, Signature.Type.I32), List.of(Signature.Type.I32));

    private static final String HOME = "/home/postgres";
    private static final int PG_SQL_ASCII = 0;
    private static final int PG_UTF8 = 6;

    private final String path;
    private final ClientProgram.Streams streams;
    private final LinearMemory memory;
    private final GuestProcess process;
    private final Guest guest;

    private ProgramRun(
            Engine engine,
            MainModule module,
            LinearMemory memory,
            GuestProcess process,
            String path,
            ClientProgram.Streams streams) {
        this.path = path;
        this.streams = streams;
        this.memory = memory;
        this.process = process;
        guest = engine.instantiate(module, memory, functions());
        process.bind(GuestCalls.of(guest));
        guest.call("__wasm_apply_data_relocs");
        guest.call("__wasm_call_ctors");
        guest.call(
                "pgl_set_rw_cbs",
                guest.addFunction(
                        TRANSFER, (caller, args) -> receive((int) args[0], (int) args[1])),
                guest.addFunction(TRANSFER, (caller, args) -> send((int) args[0], (int) args[1])));
    }

    static ProgramRun of(
            Engine engine, MainModule module, String name, ClientProgram.Streams streams)
            throws IOException {
        String path = "/bin/" + name;
        MemoryFileSystem files = MemoryFileSystem.builder().build();
        FdTable descriptors = new FdTable();
        try {
            Devices.install(
                    files,
                    new SecureRandom(),
                    InputStream.nullInputStream(),
                    streams.output(),
                    streams.errors());
            for (String directory : List.of("/tmp", "/home", HOME, "/bin")) {
                files.addDirectory(directory, 0755);
            }
            // It looks for itself and wants to find something it could execute.
            files.addFile(path, new byte[1], 0755);
            descriptors.open(files, "/dev/stdin", OpenFlags.READ_ONLY, 0);
            descriptors.open(files, "/dev/stdout", OpenFlags.WRITE_ONLY, 0);
            descriptors.open(files, "/dev/stderr", OpenFlags.WRITE_ONLY, 0);
        } catch (ErrnoException e) {
            throw new IOException("the files of " + name + " cannot be made: " + e, e);
        }
        LinearMemory memory = engine.newMemory(module, engine.unlimitedAccount());
        GuestProcess process =
                GuestProcess.builder(memory, files, descriptors)
                        .environment(
                                Map.of(
                                        "HOME", HOME,
                                        "USER", "postgres",
                                        "LOGNAME", "postgres",
                                        "TZ", "UTC"))
                        .build();
        return new ProgramRun(engine, module, memory, process, path, streams);
    }

    int run(List<String> arguments) throws IOException {
        try {
            int vector = allocate(Integer.BYTES * (arguments.size() + 2));
            memory.putInt(vector, newString(path));
            for (int i = 0; i < arguments.size(); i++) {
                memory.putInt(vector + Integer.BYTES * (i + 1), newString(arguments.get(i)));
            }
            memory.putInt(vector + Integer.BYTES * (arguments.size() + 1), 0);
            int status = (int) guest.call("__main_argc_argv", arguments.size() + 1, vector);
            guest.call("fflush", 0);
            return status;
        } catch (ExitException e) {
            return e.status();
        } finally {
            close();
        }
    }

    private void close() throws IOException {
        try {
            process.close();
        } catch (ErrnoException e) {
            throw new IOException("the files of " + path + " cannot be closed: " + e, e);
        }
    }

    private Map<String, HostFunction> functions() {
        HostFunctionTable table = HostFunctions.of(process);
        table.addAll(ControlFlow.of(path));
        table.add("_emscripten_runtime_keepalive_clear", (caller, args) -> 0);
        table.wrap("__syscall_socket", refused -> (caller, args) -> openSocket());
        table.add("pg_encoding_to_char", (caller, args) -> encodingName((int) args[0]));
        return table.functions();
    }

    private int openSocket() {
        try {
            return process.descriptors()
                    .open(process.fileSystem(), "/dev/null", OpenFlags.READ_WRITE, 0);
        } catch (ErrnoException e) {
            throw new IllegalStateException(path + " got no descriptor for a socket", e);
        }
    }

    /** PGlite converts between no other encodings, so that none can be a client's. */
    private int encodingName(int encoding) {
        return switch (encoding) {
            case PG_SQL_ASCII -> newString("SQL_ASCII");
            case PG_UTF8 -> newString("UTF8");
            default -> throw new AbortException("encoding " + encoding + " is not known here");
        };
    }

    private int send(int address, int length) {
        byte[] bytes = memory.getBytes(address, length);
        try {
            streams.toServer().write(bytes);
            streams.toServer().flush();
            return length;
        } catch (IOException e) {
            // To libpq it is a connection that broke, which it tells in its own words.
            return -1;
        }
    }

    private int receive(int address, int length) {
        byte[] bytes = new byte[length];
        try {
            int count = streams.fromServer().read(bytes, 0, length);
            if (count <= 0) {
                return 0;
            }
            memory.put(address, bytes, 0, count);
            return count;
        } catch (IOException e) {
            // 0 is the end of the connection, which libpq tells in its own words.
            return 0;
        }
    }

    private int newString(String text) {
        byte[] bytes = (text + "\0").getBytes(StandardCharsets.UTF_8);
        int address = allocate(bytes.length);
        memory.put(address, bytes);
        return address;
    }

    private int allocate(int size) {
        int address = (int) guest.call("malloc", size);
        if (address == 0) {
            throw new IllegalStateException(path + " has no memory for " + size + " bytes");
        }
        return address;
    }
}
