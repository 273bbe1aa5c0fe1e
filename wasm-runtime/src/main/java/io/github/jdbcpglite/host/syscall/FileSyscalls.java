package io.github.jdbcpglite.host.syscall;

import static io.github.jdbcpglite.host.syscall.PathArguments.AT_REMOVEDIR;

import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileHandle;
import io.github.jdbcpglite.host.fs.FileSystem;
import io.github.jdbcpglite.host.fs.FileType;
import io.github.jdbcpglite.host.fs.OpenFlags;
import io.github.jdbcpglite.host.process.GuestMemory;
import io.github.jdbcpglite.host.process.GuestProcess;
import io.github.jdbcpglite.host.process.HostFunctionTable;
import io.github.jdbcpglite.host.process.SyscallGroup;
import java.nio.charset.StandardCharsets;

/**
 * Opening, naming and removing files.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/fcntl.h.html">fcntl.h</a>
 */
final class FileSyscalls implements SyscallGroup {
    static final String OPENAT = "__syscall_openat";
    static final String UNLINKAT = "__syscall_unlinkat";
    static final String RENAMEAT = "__syscall_renameat";
    static final String SYMLINKAT = "__syscall_symlinkat";
    static final String READLINKAT = "__syscall_readlinkat";
    static final String TRUNCATE = "__syscall_truncate64";

    private static final int PERMISSION_BITS = 07777;

    /** {@code O_TMPFILE} without {@code O_DIRECTORY}. */
    private static final int TEMPORARY_FILE = 0x400000;

    private final GuestProcess process;
    private final FileSystem fileSystem;
    private final LinearMemory memory;
    private final PathArguments paths;
    private final GuestMemory strings;

    FileSyscalls(GuestProcess process) {
        this.process = process;
        this.fileSystem = process.fileSystem();
        this.memory = process.memory();
        this.paths = new PathArguments(process);
        this.strings = new GuestMemory(memory);
    }

    void register(HostFunctionTable table) {
        table.syscall(this, OPENAT, UNLINKAT, RENAMEAT, SYMLINKAT, READLINKAT, TRUNCATE);
    }

    @Override
    public long call(String name, long[] args) throws ErrnoException {
        return switch (name) {
            case OPENAT -> openat((int) args[0], (int) args[1], (int) args[2], (int) args[3]);
            case UNLINKAT -> unlinkat((int) args[0], (int) args[1], (int) args[2]);
            case RENAMEAT -> renameat((int) args[0], (int) args[1], (int) args[2], (int) args[3]);
            case SYMLINKAT -> symlinkat((int) args[0], (int) args[1], (int) args[2]);
            case READLINKAT ->
                    readlinkat((int) args[0], (int) args[1], (int) args[2], (int) args[3]);
            case TRUNCATE -> truncate((int) args[0], args[1]);
            default -> throw SyscallGroup.unknown(name);
        };
    }

    /**
     * {@code openat}.
     *
     * @param modeAddr address of the mode among the variable arguments, 0 if there is none
     * @throws ErrnoException ENOENT, EEXIST, EISDIR, ENOTDIR, ELOOP, EMFILE, ENOSPC, EROFS, EINVAL,
     *     ENOTSUP (O_TMPFILE), EBADF, EFAULT, ENAMETOOLONG
     */
    private long openat(int dirfd, int pathAddr, int flags, int modeAddr) throws ErrnoException {
        if ((flags & OpenFlags.ACCESS_MODE) == OpenFlags.ACCESS_MODE) {
            throw new ErrnoException(Errno.EINVAL);
        }
        if ((flags & TEMPORARY_FILE) != 0) {
            throw new ErrnoException(Errno.ENOTSUP);
        }
        PathArguments.Target target = paths.at(dirfd, pathAddr);
        int mode = 0;
        if ((flags & OpenFlags.CREATE) != 0) {
            if (target.directoryMeant()) {
                throw new ErrnoException(Errno.EISDIR);
            }
            mode = modeAddr == 0 ? 0 : memory.getInt(modeAddr);
        }
        int permissions = mode & PERMISSION_BITS & ~process.umask();
        int fd = process.descriptors().open(fileSystem, target.path(), flags, permissions);
        process.closeOnExec(fd, (flags & OpenFlags.CLOSE_ON_EXEC) != 0);
        return fd;
    }

    /**
     * {@code unlinkat}, for {@code unlink} and, with AT_REMOVEDIR, for {@code rmdir}.
     *
     * @throws ErrnoException ENOENT, EISDIR, ENOTDIR, ENOTEMPTY, EBUSY, EINVAL, EBADF, EFAULT
     */
    private long unlinkat(int dirfd, int pathAddr, int flags) throws ErrnoException {
        PathArguments.checkFlags(flags, AT_REMOVEDIR);
        PathArguments.Target target = paths.at(dirfd, pathAddr);
        if ((flags & AT_REMOVEDIR) != 0) {
            DirectorySyscalls.remove(fileSystem, target);
            return 0;
        }
        if (target.directoryMeant()) {
            fileSystem.stat(target.path(), true);
            throw new ErrnoException(Errno.EISDIR);
        }
        fileSystem.unlink(target.path());
        return 0;
    }

    /**
     * {@code renameat}.
     *
     * @throws ErrnoException ENOENT, EISDIR, ENOTDIR, ENOTEMPTY, EINVAL, EXDEV, EBUSY (dots),
     *     EBADF, EFAULT
     */
    private long renameat(int fromDirfd, int fromAddr, int toDirfd, int toAddr)
            throws ErrnoException {
        PathArguments.Target from = paths.at(fromDirfd, fromAddr);
        PathArguments.Target to = paths.at(toDirfd, toAddr);
        if (from.endsInDots() || to.endsInDots()) {
            throw new ErrnoException(Errno.EBUSY);
        }
        if (to.directoryMeant()
                && fileSystem.stat(from.path(), false).type() != FileType.DIRECTORY) {
            throw new ErrnoException(Errno.ENOTDIR);
        }
        fileSystem.rename(from.path(), to.path());
        return 0;
    }

    /**
     * {@code symlinkat}.
     *
     * @throws ErrnoException EEXIST, ENOENT (also for an empty target), ENOTDIR, EPERM, EBADF,
     *     EFAULT
     */
    private long symlinkat(int targetAddr, int dirfd, int linkAddr) throws ErrnoException {
        String content = paths.text(targetAddr);
        PathArguments.Target link = paths.at(dirfd, linkAddr);
        if (content.isEmpty()) {
            throw new ErrnoException(Errno.ENOENT);
        }
        if (link.directoryMeant()) {
            fileSystem.stat(link.path(), false);
            throw new ErrnoException(Errno.EEXIST);
        }
        fileSystem.symbolicLink(content, link.path());
        return 0;
    }

    /**
     * {@code readlinkat}: cuts the target to the buffer and ends it with no zero.
     *
     * @return the bytes written
     * @throws ErrnoException EINVAL (no link, no buffer), ENOENT, ENOTDIR, EBADF, EFAULT
     */
    private long readlinkat(int dirfd, int pathAddr, int bufferAddr, int size)
            throws ErrnoException {
        if (size <= 0) {
            throw new ErrnoException(Errno.EINVAL);
        }
        PathArguments.Target target = paths.at(dirfd, pathAddr);
        if (target.directoryMeant()) {
            fileSystem.stat(target.path(), true);
            throw new ErrnoException(Errno.EINVAL);
        }
        byte[] content = fileSystem.readLink(target.path()).getBytes(StandardCharsets.UTF_8);
        int length = Math.min(size, content.length);
        strings.check(bufferAddr, length);
        memory.put(bufferAddr, content, 0, length);
        return length;
    }

    /**
     * {@code truncate}.
     *
     * @throws ErrnoException EINVAL (negative), ENOENT, EISDIR, ENOTDIR, EFBIG, ENOSPC, EROFS
     */
    private long truncate(int pathAddr, long length) throws ErrnoException {
        if (length < 0) {
            throw new ErrnoException(Errno.EINVAL);
        }
        String path = paths.target(pathAddr).path();
        try (FileHandle handle = fileSystem.open(path, OpenFlags.WRITE_ONLY, 0)) {
            handle.truncate(length);
        }
        return 0;
    }
}
