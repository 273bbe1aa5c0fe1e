package io.github.jdbcpglite.host.program;

import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.MemoryImport;
import com.dylibso.chicory.wasm.types.ValType;
import io.github.jdbcpglite.engine.bytecode.memory.PagedLinearMemory;
import io.github.jdbcpglite.host.AbortException;
import io.github.jdbcpglite.host.CompiledModule;
import io.github.jdbcpglite.host.ControlFlow;
import io.github.jdbcpglite.host.ExitException;
import io.github.jdbcpglite.host.GuestInstance;
import io.github.jdbcpglite.host.HostFunction;
import io.github.jdbcpglite.host.descriptor.FdTable;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.OpenFlags;
import io.github.jdbcpglite.host.fs.memory.Devices;
import io.github.jdbcpglite.host.fs.memory.MemoryFileSystem;
import io.github.jdbcpglite.host.process.GuestCalls;
import io.github.jdbcpglite.host.process.GuestProcess;
import io.github.jdbcpglite.host.syscall.HostFunctions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashMap;
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
    private static final FunctionType TRANSFER =
            FunctionType.of(List.of(ValType.I32, ValType.I32), List.of(ValType.I32));

    private static final String HOME = "/home/postgres";
    private static final int PG_SQL_ASCII = 0;
    private static final int PG_UTF8 = 6;

    private final String path;
    private final ClientProgram.Streams streams;
    private final PagedLinearMemory memory;
    private final GuestProcess process;
    private final GuestInstance guest;

    private ProgramRun(
            CompiledModule module,
            PagedLinearMemory memory,
            GuestProcess process,
            String path,
            ClientProgram.Streams streams) {
        this.path = path;
        this.streams = streams;
        this.memory = memory;
        this.process = process;
        guest = new GuestInstance(module, memory, functions());
        process.bind(GuestCalls.of(guest));
        guest.call("__wasm_apply_data_relocs");
        guest.call("__wasm_call_ctors");
        guest.call(
                "pgl_set_rw_cbs",
                guest.addTableFunction(TRANSFER, args -> receive((int) args[0], (int) args[1])),
                guest.addTableFunction(TRANSFER, args -> send((int) args[0], (int) args[1])));
    }

    static ProgramRun of(
            CompiledModule module,
            MemoryImport memoryImport,
            String name,
            ClientProgram.Streams streams)
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
        PagedLinearMemory memory = new PagedLinearMemory(memoryImport.limits());
        GuestProcess process =
                GuestProcess.builder(memory, files, descriptors)
                        .environment(
                                Map.of(
                                        "HOME", HOME,
                                        "USER", "postgres",
                                        "LOGNAME", "postgres",
                                        "TZ", "UTC"))
                        .build();
        return new ProgramRun(module, memory, process, path, streams);
    }

    int run(List<String> arguments) throws IOException {
        try {
            int vector = allocate(Integer.BYTES * (arguments.size() + 2));
            memory.writeI32(vector, newString(path));
            for (int i = 0; i < arguments.size(); i++) {
                memory.writeI32(vector + Integer.BYTES * (i + 1), newString(arguments.get(i)));
            }
            memory.writeI32(vector + Integer.BYTES * (arguments.size() + 1), 0);
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
        Map<String, HostFunction> functions = new HashMap<>(HostFunctions.of(process));
        functions.putAll(ControlFlow.of(path, memory));
        functions.put("_emscripten_runtime_keepalive_clear", args -> 0);
        functions.put("__syscall_socket", args -> openSocket());
        functions.put("pg_encoding_to_char", args -> encodingName((int) args[0]));
        return functions;
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
        byte[] bytes = memory.readBytes(address, length);
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
            memory.write(address, bytes, 0, count);
            return count;
        } catch (IOException e) {
            // 0 is the end of the connection, which libpq tells in its own words.
            return 0;
        }
    }

    private int newString(String text) {
        byte[] bytes = (text + "\0").getBytes(StandardCharsets.UTF_8);
        int address = allocate(bytes.length);
        memory.write(address, bytes);
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
