package io.github.jdbcpglite.host.syscall;

import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.host.AbortException;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.process.GuestMemory;
import io.github.jdbcpglite.host.process.GuestProcess;
import io.github.jdbcpglite.host.process.HostFunctionTable;
import io.github.jdbcpglite.host.process.SyscallGroup;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Identity, environment, random numbers and what is left of a process.
 *
 * <p>The guest is root of its own world: every user and group id is 0.
 */
final class ProcessSyscalls implements SyscallGroup {
    static final String GETUID = "__syscall_getuid32";
    static final String GETEUID = "__syscall_geteuid32";
    static final String GETGID = "__syscall_getgid32";
    static final String GETEGID = "__syscall_getegid32";
    static final String UMASK = "__syscall_umask";
    static final String ENVIRON_GET = "environ_get";
    static final String ENVIRON_SIZES_GET = "environ_sizes_get";
    static final String RANDOM_GET = "random_get";
    static final String SCHED_YIELD = "sched_yield";
    static final String SET_TEMP_RET = "setTempRet0";
    static final String GET_TEMP_RET = "getTempRet0";
    static final String CALL_SIGHANDLER = "__call_sighandler";

    /** What C++ exceptions would need; PostgreSQL and its extensions are built without. */
    static final List<String> CPP_EXCEPTIONS =
            List.of(
                    "__cxa_begin_catch",
                    "__cxa_end_catch",
                    "__cxa_throw",
                    "__cxa_rethrow",
                    "__cxa_find_matching_catch_2",
                    "__cxa_find_matching_catch_3",
                    "__cxa_current_primary_exception",
                    "__cxa_rethrow_primary_exception",
                    "__cxa_uncaught_exceptions",
                    "__resumeException");

    private static final int UMASK_BITS = 0777;
    private static final int POINTER_BYTES = 4;

    private final GuestProcess process;
    private final LinearMemory memory;
    private final GuestMemory strings;

    ProcessSyscalls(GuestProcess process) {
        this.process = process;
        this.memory = process.memory();
        this.strings = new GuestMemory(memory);
    }

    void register(HostFunctionTable table) {
        table.plain(this, GETUID, GETEUID, GETGID, GETEGID, UMASK, SCHED_YIELD);
        table.plain(this, SET_TEMP_RET, GET_TEMP_RET, CALL_SIGHANDLER);
        table.plain(this, CPP_EXCEPTIONS.toArray(new String[0]));
        table.wasi(this, ENVIRON_SIZES_GET, ENVIRON_GET, RANDOM_GET);
    }

    @Override
    public long call(String name, long[] args) throws ErrnoException {
        return switch (name) {
            case GETUID, GETEUID, GETGID, GETEGID -> GuestProcess.ROOT;
            case UMASK -> umask((int) args[0]);
            case ENVIRON_SIZES_GET -> environSizesGet((int) args[0], (int) args[1]);
            case ENVIRON_GET -> environGet((int) args[0], (int) args[1]);
            case RANDOM_GET -> randomGet((int) args[0], (int) args[1]);
            case SCHED_YIELD -> 0;
            case SET_TEMP_RET -> setTempRet((int) args[0]);
            case GET_TEMP_RET -> process.guestCalls().tempRet();
            case CALL_SIGHANDLER -> callSignalHandler((int) args[0], (int) args[1]);
            default -> refuse(name);
        };
    }

    /** Sets the mask of new files; always succeeds and returns the one before. */
    private long umask(int mask) {
        int before = process.umask();
        process.setUmask(mask & UMASK_BITS);
        return before;
    }

    private long environSizesGet(int countAddr, int sizeAddr) throws ErrnoException {
        strings.check(countAddr, POINTER_BYTES);
        strings.check(sizeAddr, POINTER_BYTES);
        int size = 0;
        List<byte[]> entries = environment();
        for (byte[] entry : entries) {
            size += entry.length + 1;
        }
        memory.putInt(countAddr, entries.size());
        memory.putInt(sizeAddr, size);
        return 0;
    }

    private long environGet(int pointersAddr, int textAddr) throws ErrnoException {
        int pointer = pointersAddr;
        int text = textAddr;
        for (byte[] entry : environment()) {
            strings.check(pointer, POINTER_BYTES);
            strings.check(text, entry.length + 1);
            memory.putInt(pointer, text);
            strings.writeString(text, entry);
            pointer += POINTER_BYTES;
            text += entry.length + 1;
        }
        return 0;
    }

    private List<byte[]> environment() {
        List<byte[]> entries = new ArrayList<>();
        process.environment()
                .forEach(
                        (name, value) ->
                                entries.add((name + "=" + value).getBytes(StandardCharsets.UTF_8)));
        return entries;
    }

    private long randomGet(int addr, int size) throws ErrnoException {
        strings.check(addr, size);
        memory.writeThrough(
                addr,
                size,
                (page, offset, length) -> {
                    byte[] bytes = new byte[length];
                    process.random().nextBytes(bytes);
                    System.arraycopy(bytes, 0, page, offset, length);
                    return length;
                });
        return 0;
    }

    private long setTempRet(int value) {
        process.guestCalls().tempRet(value);
        return 0;
    }

    private long callSignalHandler(int handlerIndex, int signal) {
        process.guestCalls().callSignalHandler(handlerIndex, signal);
        return 0;
    }

    private static long refuse(String name) {
        throw new AbortException(
                "the guest called " + name + ", but this host has no C++ exceptions");
    }
}
