package io.github.jdbcpglite.host.syscall;

import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.host.descriptor.FdTable;
import io.github.jdbcpglite.host.descriptor.OpenFile;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileHandle;
import io.github.jdbcpglite.host.fs.FileType;
import io.github.jdbcpglite.host.fs.OpenFlags;
import io.github.jdbcpglite.host.process.GuestMemory;
import io.github.jdbcpglite.host.process.GuestProcess;
import io.github.jdbcpglite.host.process.HostFunctionTable;
import io.github.jdbcpglite.host.process.PipeEnd;
import io.github.jdbcpglite.host.process.SyscallGroup;

/**
 * Duplicating and controlling descriptors, and pipes.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/functions/fcntl.html">fcntl</a>
 */
final class ControlSyscalls implements SyscallGroup {
    static final String DUP = "__syscall_dup";
    static final String DUP3 = "__syscall_dup3";
    static final String PIPE2 = "__syscall_pipe2";
    static final String FCNTL = "__syscall_fcntl64";
    static final String IOCTL = "__syscall_ioctl";

    private static final int F_DUPFD = 0;
    private static final int F_GETFD = 1;
    private static final int F_SETFD = 2;
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final int F_GETLK = 12;
    private static final int F_SETLK = 13;
    private static final int F_SETLKW = 14;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int FD_CLOEXEC = 1;

    /** {@code struct flock} of 32 bytes: type i16@0, whence i16@2, start i64@8, len i64@16. */
    private static final int FLOCK_BYTES = 32;

    private static final int F_RDLCK = 0;
    private static final int F_WRLCK = 1;
    private static final int F_UNLCK = 2;

    private static final int FIONREAD = 0x541B;
    private static final int FIONBIO = 0x5421;
    private static final int INT_BYTES = 4;

    /** Flags of {@code open} that are not status flags. */
    private static final int CREATION_FLAGS =
            OpenFlags.CREATE
                    | OpenFlags.EXCLUSIVE
                    | OpenFlags.TRUNCATE
                    | OpenFlags.CLOSE_ON_EXEC
                    | 0x100; // O_NOCTTY

    private final GuestProcess process;
    private final FdTable descriptors;
    private final LinearMemory memory;
    private final GuestMemory ranges;

    ControlSyscalls(GuestProcess process) {
        this.process = process;
        this.descriptors = process.descriptors();
        this.memory = process.memory();
        this.ranges = new GuestMemory(memory);
    }

    void register(HostFunctionTable table) {
        table.syscall(this, DUP, DUP3, PIPE2, FCNTL, IOCTL);
    }

    @Override
    public long call(String name, long[] args) throws ErrnoException {
        return switch (name) {
            case DUP -> descriptors.dup((int) args[0]);
            case DUP3 -> dup3((int) args[0], (int) args[1], (int) args[2]);
            case PIPE2 -> pipe2((int) args[0], (int) args[1]);
            case FCNTL -> fcntl((int) args[0], (int) args[1], (int) args[2]);
            case IOCTL -> ioctl((int) args[0], (int) args[1], (int) args[2]);
            default -> throw SyscallGroup.unknown(name);
        };
    }

    /** {@code dup3}: EBADF, EINVAL (the same number, an unknown flag). */
    private long dup3(int fd, int target, int flags) throws ErrnoException {
        PathArguments.checkFlags(flags, OpenFlags.CLOSE_ON_EXEC);
        int copy = descriptors.dup3(fd, target);
        process.closeOnExec(copy, flags != 0);
        return copy;
    }

    /** {@code pipe2}: EFAULT, EINVAL (an unknown flag), EMFILE. */
    private long pipe2(int resultAddr, int flags) throws ErrnoException {
        PathArguments.checkFlags(flags, OpenFlags.CLOSE_ON_EXEC | OpenFlags.NON_BLOCK);
        ranges.check(resultAddr, 2 * INT_BYTES);
        PipeEnd readEnd = PipeEnd.createPipe();
        int status = flags & OpenFlags.NON_BLOCK;
        int reading = addEnd(readEnd, status | OpenFlags.READ_ONLY);
        int writing;
        try {
            writing = addEnd(readEnd.peer(), status | OpenFlags.WRITE_ONLY);
        } catch (ErrnoException e) {
            descriptors.close(reading);
            throw e;
        }
        process.closeOnExec(reading, (flags & OpenFlags.CLOSE_ON_EXEC) != 0);
        process.closeOnExec(writing, (flags & OpenFlags.CLOSE_ON_EXEC) != 0);
        memory.putInt(resultAddr, reading);
        memory.putInt(resultAddr + INT_BYTES, writing);
        return 0;
    }

    private int addEnd(PipeEnd end, int flags) throws ErrnoException {
        try {
            return descriptors.add(new OpenFile(end, "pipe", flags));
        } catch (ErrnoException e) {
            end.close();
            throw e;
        }
    }

    /**
     * {@code fcntl}.
     *
     * @param argumentsAddr address of the variable arguments
     * @throws ErrnoException EBADF, EINVAL, EMFILE, EFAULT
     */
    private long fcntl(int fd, int command, int argumentsAddr) throws ErrnoException {
        OpenFile file = descriptors.get(fd);
        return switch (command) {
            case F_DUPFD, F_DUPFD_CLOEXEC -> {
                int copy = descriptors.dup(fd, memory.getInt(argumentsAddr));
                process.closeOnExec(copy, command == F_DUPFD_CLOEXEC);
                yield copy;
            }
            case F_GETFD -> process.closeOnExec(fd) ? FD_CLOEXEC : 0;
            case F_SETFD -> {
                process.closeOnExec(fd, (memory.getInt(argumentsAddr) & FD_CLOEXEC) != 0);
                yield 0;
            }
            case F_GETFL -> file.flags() & ~CREATION_FLAGS;
            case F_SETFL -> {
                file.setFlags(memory.getInt(argumentsAddr));
                yield 0;
            }
            case F_GETLK, F_SETLK, F_SETLKW -> lock(file, command, memory.getInt(argumentsAddr));
            default -> throw new ErrnoException(Errno.EINVAL);
        };
    }

    /**
     * Record locks: never in anyone's way. All processes of a cluster are one program, and what
     * keeps two programs off the same files is the host's own lock.
     */
    private long lock(OpenFile file, int command, int lockAddr) throws ErrnoException {
        ranges.check(lockAddr, FLOCK_BYTES);
        short type = memory.getShort(lockAddr);
        if (type < F_RDLCK || type > F_UNLCK) {
            throw new ErrnoException(Errno.EINVAL);
        }
        if (command == F_GETLK) {
            memory.putShort(lockAddr, (short) F_UNLCK);
            return 0;
        }
        boolean allowed =
                type == F_UNLCK
                        || (type == F_WRLCK
                                ? OpenFlags.isWritable(file.flags())
                                : OpenFlags.isReadable(file.flags()));
        if (!allowed) {
            throw new ErrnoException(Errno.EBADF);
        }
        return 0;
    }

    /**
     * {@code ioctl}. There is no terminal, so that {@code isatty} is false everywhere.
     *
     * @throws ErrnoException EBADF, ENOTTY, EFAULT
     */
    private long ioctl(int fd, int request, int argumentsAddr) throws ErrnoException {
        OpenFile file = descriptors.get(fd);
        switch (request) {
            case FIONREAD -> {
                int resultAddr = memory.getInt(argumentsAddr);
                int available = available(file);
                ranges.check(resultAddr, INT_BYTES);
                memory.putInt(resultAddr, available);
            }
            case FIONBIO -> {
                int valueAddr = memory.getInt(argumentsAddr);
                ranges.check(valueAddr, INT_BYTES);
                int other = file.flags() & ~OpenFlags.NON_BLOCK;
                file.setFlags(memory.getInt(valueAddr) == 0 ? other : other | OpenFlags.NON_BLOCK);
            }
            default -> throw new ErrnoException(Errno.ENOTTY);
        }
        return 0;
    }

    private static int available(OpenFile file) throws ErrnoException {
        FileHandle handle = file.handle();
        if (handle instanceof PipeEnd end) {
            return end.available();
        }
        if (handle.status().type() != FileType.REGULAR) {
            throw new ErrnoException(Errno.ENOTTY);
        }
        long left = Math.max(0, handle.size() - file.offset());
        return (int) Math.min(left, Integer.MAX_VALUE);
    }
}
