package io.github.jdbcpglite.host.syscall;

import static io.github.jdbcpglite.host.syscall.PathArguments.AT_EACCESS;
import static io.github.jdbcpglite.host.syscall.PathArguments.AT_EMPTY_PATH;
import static io.github.jdbcpglite.host.syscall.PathArguments.AT_FDCWD;
import static io.github.jdbcpglite.host.syscall.PathArguments.AT_NO_AUTOMOUNT;
import static io.github.jdbcpglite.host.syscall.PathArguments.AT_SYMLINK_NOFOLLOW;

import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.host.descriptor.OpenFile;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileStatus;
import io.github.jdbcpglite.host.fs.FileSystem;
import io.github.jdbcpglite.host.fs.FileType;
import io.github.jdbcpglite.host.process.GuestMemory;
import io.github.jdbcpglite.host.process.GuestProcess;
import io.github.jdbcpglite.host.process.HostFunctionTable;
import io.github.jdbcpglite.host.process.SyscallGroup;
import java.time.Instant;

/**
 * What is known of a file: status, permissions, owner, times.
 *
 * @see <a
 *     href="https://pubs.opengroup.org/onlinepubs/9799919799/functions/fstatat.html">fstatat</a>
 */
final class AttributeSyscalls implements SyscallGroup {
    static final String STAT = "__syscall_stat64";
    static final String LSTAT = "__syscall_lstat64";
    static final String FSTAT = "__syscall_fstat64";
    static final String FSTATAT = "__syscall_newfstatat";
    static final String STATFS = "__syscall_statfs64";
    static final String FACCESSAT = "__syscall_faccessat";
    static final String CHMOD = "__syscall_chmod";
    static final String FCHMOD = "__syscall_fchmod";
    static final String FCHMODAT = "__syscall_fchmodat2";
    static final String FCHOWN = "__syscall_fchown32";
    static final String FCHOWNAT = "__syscall_fchownat";
    static final String UTIMENSAT = "__syscall_utimensat";

    private static final int PERMISSION_BITS = 07777;
    private static final int ANY_EXECUTE = 0111;
    private static final int X_OK = 1;
    private static final int ACCESS_BITS = 7;
    private static final int UTIME_NOW = 0x3FFFFFFF;
    private static final int UTIME_OMIT = 0x3FFFFFFE;
    private static final int TIMESPEC_BYTES = 16;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final GuestProcess process;
    private final FileSystem fileSystem;
    private final LinearMemory memory;
    private final PathArguments paths;
    private final GuestMemory ranges;

    AttributeSyscalls(GuestProcess process) {
        this.process = process;
        this.fileSystem = process.fileSystem();
        this.memory = process.memory();
        this.paths = new PathArguments(process);
        this.ranges = new GuestMemory(memory);
    }

    void register(HostFunctionTable table) {
        table.syscall(
                this, STAT, LSTAT, FSTAT, FSTATAT, STATFS, FACCESSAT, CHMOD, FCHMOD, FCHMODAT,
                FCHOWN, FCHOWNAT, UTIMENSAT);
    }

    @Override
    public long call(String name, long[] args) throws ErrnoException {
        return switch (name) {
            case STAT -> fstatat(AT_FDCWD, (int) args[0], (int) args[1], 0);
            case LSTAT -> fstatat(AT_FDCWD, (int) args[0], (int) args[1], AT_SYMLINK_NOFOLLOW);
            case FSTAT -> fstat((int) args[0], (int) args[1]);
            case FSTATAT -> fstatat((int) args[0], (int) args[1], (int) args[2], (int) args[3]);
            case STATFS -> statfs((int) args[0], (int) args[2]);
            case FACCESSAT -> faccessat((int) args[0], (int) args[1], (int) args[2], (int) args[3]);
            case CHMOD -> fchmodat(AT_FDCWD, (int) args[0], (int) args[1], 0);
            case FCHMOD -> fchmod((int) args[0], (int) args[1]);
            case FCHMODAT -> fchmodat((int) args[0], (int) args[1], (int) args[2], (int) args[3]);
            case FCHOWN -> fchown((int) args[0], (int) args[1], (int) args[2]);
            case FCHOWNAT -> fchownat(args);
            case UTIMENSAT -> utimensat((int) args[0], (int) args[1], (int) args[2], (int) args[3]);
            default -> throw SyscallGroup.unknown(name);
        };
    }

    /**
     * {@code fstatat}, for {@code stat} and {@code lstat} too.
     *
     * @throws ErrnoException ENOENT, ENOTDIR, ELOOP, EBADF, EFAULT, EINVAL, ENAMETOOLONG
     */
    private long fstatat(int dirfd, int pathAddr, int statAddr, int flags) throws ErrnoException {
        PathArguments.checkFlags(flags, AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH | AT_NO_AUTOMOUNT);
        FileStatus status = status(dirfd, pathAddr, flags);
        ranges.check(statAddr, StatStruct.STAT_BYTES);
        StatStruct.writeStat(memory, statAddr, status);
        return 0;
    }

    private FileStatus status(int dirfd, int pathAddr, int flags) throws ErrnoException {
        String text = paths.text(pathAddr);
        if (text.isEmpty() && (flags & AT_EMPTY_PATH) != 0) {
            return dirfd == AT_FDCWD
                    ? fileSystem.stat(process.currentDirectory(), true)
                    : process.descriptors().get(dirfd).handle().status();
        }
        PathArguments.Target target = paths.resolve(dirfd, text);
        boolean follow = (flags & AT_SYMLINK_NOFOLLOW) == 0 || target.directoryMeant();
        return fileSystem.stat(target.path(), follow);
    }

    /** {@code fstat}: EBADF, EFAULT. */
    private long fstat(int fd, int statAddr) throws ErrnoException {
        FileStatus status = process.descriptors().get(fd).handle().status();
        ranges.check(statAddr, StatStruct.STAT_BYTES);
        StatStruct.writeStat(memory, statAddr, status);
        return 0;
    }

    /** {@code statfs}: ENOENT, ENOTDIR, ELOOP, EFAULT. */
    private long statfs(int pathAddr, int statAddr) throws ErrnoException {
        fileSystem.stat(paths.target(pathAddr).path(), true);
        ranges.check(statAddr, StatStruct.STATFS_BYTES);
        StatStruct.writeStatfs(memory, statAddr, fileSystem.status());
        return 0;
    }

    /**
     * {@code faccessat} for root: everything is allowed but executing a file nobody may execute.
     *
     * @throws ErrnoException EACCES, ENOENT, ENOTDIR, ELOOP, EINVAL, EBADF, EFAULT
     */
    private long faccessat(int dirfd, int pathAddr, int access, int flags) throws ErrnoException {
        PathArguments.checkFlags(access, ACCESS_BITS);
        PathArguments.checkFlags(flags, AT_EACCESS | AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH);
        FileStatus status = status(dirfd, pathAddr, flags);
        if ((access & X_OK) != 0
                && status.type() != FileType.DIRECTORY
                && (status.mode() & ANY_EXECUTE) == 0) {
            throw new ErrnoException(Errno.EACCES);
        }
        return 0;
    }

    /**
     * {@code fchmodat}, for {@code chmod} too.
     *
     * @throws ErrnoException ENOENT, ENOTDIR, ENOTSUP (of a symbolic link), EINVAL, EBADF, EFAULT
     */
    private long fchmodat(int dirfd, int pathAddr, int mode, int flags) throws ErrnoException {
        PathArguments.checkFlags(flags, AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH);
        String text = paths.text(pathAddr);
        if (text.isEmpty() && (flags & AT_EMPTY_PATH) != 0 && dirfd != AT_FDCWD) {
            return fchmod(dirfd, mode);
        }
        String path = paths.resolve(dirfd, text).path();
        if ((flags & AT_SYMLINK_NOFOLLOW) != 0
                && fileSystem.stat(path, false).type() == FileType.SYMBOLIC_LINK) {
            throw new ErrnoException(Errno.ENOTSUP);
        }
        fileSystem.setMode(path, mode & PERMISSION_BITS);
        return 0;
    }

    /** {@code fchmod}: EBADF. */
    private long fchmod(int fd, int mode) throws ErrnoException {
        process.descriptors().get(fd).handle().setMode(mode & PERMISSION_BITS);
        return 0;
    }

    /** {@code fchown}: EBADF, EPERM as {@link #checkOwner}. */
    private long fchown(int fd, int owner, int group) throws ErrnoException {
        process.descriptors().get(fd);
        checkOwner(owner, group);
        return 0;
    }

    /** {@code fchownat}: as {@link #status}, and EPERM. */
    private long fchownat(long[] args) throws ErrnoException {
        int flags = (int) args[4];
        PathArguments.checkFlags(flags, AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH);
        status((int) args[0], (int) args[1], flags);
        checkOwner((int) args[2], (int) args[3]);
        return 0;
    }

    /** Files keep no owner: everything is root's, as on a file system that has none. */
    private static void checkOwner(int owner, int group) throws ErrnoException {
        if ((owner != GuestProcess.ROOT && owner != -1)
                || (group != GuestProcess.ROOT && group != -1)) {
            throw new ErrnoException(Errno.EPERM);
        }
    }

    /**
     * {@code utimensat} and {@code futimens}, which passes no path. Times are two timespecs, of
     * access and of modification; none means now.
     *
     * @throws ErrnoException ENOENT, ENOTDIR, EINVAL (nanoseconds, flags), EBADF, EFAULT
     */
    private long utimensat(int dirfd, int pathAddr, int timesAddr, int flags)
            throws ErrnoException {
        PathArguments.checkFlags(flags, AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH);
        String text = pathAddr == 0 ? "" : paths.text(pathAddr);
        boolean ofDescriptor = text.isEmpty() && (pathAddr == 0 || (flags & AT_EMPTY_PATH) != 0);
        boolean follow = (flags & AT_SYMLINK_NOFOLLOW) == 0;
        String path = ofDescriptor ? descriptorPath(dirfd) : paths.resolve(dirfd, text).path();
        FileStatus before = fileSystem.stat(path, follow);
        Instant now = process.clock().now();
        long nowNanos = now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
        long access = nowNanos;
        long modify = nowNanos;
        if (timesAddr != 0) {
            access = readTime(timesAddr, nowNanos, before.accessNanos());
            modify = readTime(timesAddr + TIMESPEC_BYTES, nowNanos, before.modifyNanos());
        }
        fileSystem.setTimes(path, access, modify, follow);
        return 0;
    }

    private String descriptorPath(int fd) throws ErrnoException {
        if (fd == AT_FDCWD) {
            return process.currentDirectory();
        }
        OpenFile file = process.descriptors().get(fd);
        return file.path();
    }

    private long readTime(int addr, long nowNanos, long beforeNanos) throws ErrnoException {
        int nanos = memory.getInt(addr + 8);
        if (nanos == UTIME_NOW) {
            return nowNanos;
        }
        if (nanos == UTIME_OMIT) {
            return beforeNanos;
        }
        if (nanos < 0 || nanos >= NANOS_PER_SECOND) {
            throw new ErrnoException(Errno.EINVAL);
        }
        try {
            return Math.addExact(Math.multiplyExact(memory.getLong(addr), NANOS_PER_SECOND), nanos);
        } catch (ArithmeticException e) {
            throw new ErrnoException(Errno.EINVAL);
        }
    }
}
