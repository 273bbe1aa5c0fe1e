package io.github.jdbcpglite.host.syscall;

import io.github.jdbcpglite.host.process.GuestProcess;
import io.github.jdbcpglite.host.process.HostFunctionTable;
import io.github.jdbcpglite.host.syscall.net.SocketSyscalls;
import io.github.jdbcpglite.host.syscall.time.ClockSyscalls;

/**
 * All host functions of a guest process, by the name the guest imports them under.
 *
 * <p>Not here, because they are control flow, linking or scheduling: {@code invoke_*}, {@code
 * exit}, {@code proc_exit}, {@code _abort_js}, {@code __assert_fail}, {@code
 * _emscripten_throw_longjmp}, {@code _dlopen_js}, {@code _dlsym_js}, and the imports that the
 * rewritten binary uses for other ends: {@code __syscall_linkat}, {@code __syscall_listen}, {@code
 * __syscall_accept4} and {@code _emscripten_runtime_keepalive_clear}.
 */
public final class HostFunctions {
    private HostFunctions() {}

    /**
     * Returns the functions bound to a process. They run on its thread, after {@link
     * GuestProcess#bind}.
     *
     * @return a new table, to which others may be added
     */
    public static HostFunctionTable of(GuestProcess process) {
        HostFunctionTable table = new HostFunctionTable();
        new FileSyscalls(process).register(table);
        new DirectorySyscalls(process).register(table);
        new AttributeSyscalls(process).register(table);
        new DescriptorSyscalls(process).register(table);
        new ControlSyscalls(process).register(table);
        new PollSyscalls(process).register(table);
        new MemorySyscalls(process).register(table);
        new ClockSyscalls(process).register(table);
        new ProcessSyscalls(process).register(table);
        new SocketSyscalls(process).register(table);
        return table;
    }
}
