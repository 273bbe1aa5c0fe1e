package io.github.jdbcpglite.host.syscall.net;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.process.GuestProcess;
import io.github.jdbcpglite.host.process.HostFunctionTable;
import io.github.jdbcpglite.host.process.SyscallGroup;

/**
 * Sockets, of which there are none: the guest has no network, and its client is reached through
 * callbacks.
 */
public final class SocketSyscalls implements SyscallGroup {
    static final String SOCKET = "__syscall_socket";
    static final String BIND = "__syscall_bind";
    static final String CONNECT = "__syscall_connect";
    static final String SENDTO = "__syscall_sendto";
    static final String RECVFROM = "__syscall_recvfrom";
    static final String GETADDRINFO = "getaddrinfo";
    static final String GETNAMEINFO = "getnameinfo";

    private final GuestProcess process;
    private final AddressLookup lookup;

    /** Makes the calls of one process. */
    public SocketSyscalls(GuestProcess process) {
        this.process = process;
        this.lookup = new AddressLookup(process);
    }

    /** Adds them to the functions that the guest imports. */
    public void register(HostFunctionTable table) {
        table.syscall(this, SOCKET, BIND, CONNECT, SENDTO, RECVFROM);
        table.plain(this, GETADDRINFO, GETNAMEINFO);
    }

    @Override
    public long call(String name, long[] args) throws ErrnoException {
        return switch (name) {
            case SOCKET -> throw new ErrnoException(Errno.EAFNOSUPPORT);
            case BIND, CONNECT, SENDTO, RECVFROM -> onDescriptor((int) args[0]);
            case GETADDRINFO, GETNAMEINFO -> lookUp(name, args);
            default -> throw SyscallGroup.unknown(name);
        };
    }

    /** Fails with EBADF or ENOTSOCK: no open file is a socket. */
    private long onDescriptor(int fd) throws ErrnoException {
        process.descriptors().get(fd);
        throw new ErrnoException(Errno.ENOTSOCK);
    }

    /** These two report through EAI codes, which have none for a bad address but EAI_FAIL. */
    private long lookUp(String name, long[] args) {
        try {
            return name.equals(GETADDRINFO) ? lookup.getaddrinfo(args) : lookup.getnameinfo(args);
        } catch (ErrnoException e) {
            return AddressLookup.EAI_FAIL;
        }
    }
}
