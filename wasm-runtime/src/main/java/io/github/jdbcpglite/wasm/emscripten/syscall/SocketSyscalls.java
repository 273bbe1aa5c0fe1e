package io.github.jdbcpglite.wasm.emscripten.syscall;

import io.github.jdbcpglite.wasm.emscripten.HostFunction;
import io.github.jdbcpglite.wasm.fs.Errno;
import io.github.jdbcpglite.wasm.fs.ErrnoException;
import java.util.List;

/**
 * Sockets, of which there are none: the guest has no network, and its client is reached through
 * callbacks.
 */
final class SocketSyscalls {
    static final String SOCKET = "__syscall_socket";
    static final String BIND = "__syscall_bind";
    static final String CONNECT = "__syscall_connect";
    static final String SENDTO = "__syscall_sendto";
    static final String RECVFROM = "__syscall_recvfrom";
    static final String GETADDRINFO = "getaddrinfo";
    static final String GETNAMEINFO = "getnameinfo";

    private final GuestProcess process;

    SocketSyscalls(GuestProcess process) {
        this.process = process;
    }

    void register(HostFunctionTable table) {
        table.syscall(
                SOCKET,
                args -> {
                    throw new ErrnoException(Errno.EAFNOSUPPORT);
                });
        for (String name : List.of(BIND, CONNECT, SENDTO, RECVFROM)) {
            table.syscall(name, args -> onDescriptor((int) args[0]));
        }
        AddressLookup lookup = new AddressLookup(process);
        table.plain(GETADDRINFO, faulting(lookup::getaddrinfo));
        table.plain(GETNAMEINFO, faulting(lookup::getnameinfo));
    }

    /** Fails with EBADF or ENOTSOCK: no open file is a socket. */
    private long onDescriptor(int fd) throws ErrnoException {
        process.descriptors().get(fd);
        throw new ErrnoException(Errno.ENOTSOCK);
    }

    /** These two report through EAI codes, which have none for a bad address but EAI_FAIL. */
    private static HostFunction faulting(ErrnoAbi.Syscall body) {
        return args -> {
            try {
                return body.call(args);
            } catch (ErrnoException e) {
                return AddressLookup.EAI_FAIL;
            }
        };
    }
}
