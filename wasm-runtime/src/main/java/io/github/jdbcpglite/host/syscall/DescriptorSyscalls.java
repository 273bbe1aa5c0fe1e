package io.github.jdbcpglite.host.syscall;

import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.host.descriptor.OpenFile;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileHandle;
import io.github.jdbcpglite.host.fs.FileType;
import io.github.jdbcpglite.host.fs.OpenFlags;
import io.github.jdbcpglite.host.process.GuestMemory;
import io.github.jdbcpglite.host.process.GuestProcess;
import io.github.jdbcpglite.host.process.HostFunctionTable;
import io.github.jdbcpglite.host.process.SyscallGroup;

/**
 * Reading, writing, positions and sizes of open files.
 *
 * @see <a href="https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md">WASI preview
 *     1</a>
 */
final class DescriptorSyscalls implements SyscallGroup {
    static final String FD_READ = "fd_read";
    static final String FD_WRITE = "fd_write";
    static final String FD_PREAD = "fd_pread";
    static final String FD_PWRITE = "fd_pwrite";
    static final String FD_SEEK = "fd_seek";
    static final String FD_CLOSE = "fd_close";
    static final String FD_SYNC = "fd_sync";
    static final String FD_FDSTAT_GET = "fd_fdstat_get";
    static final String FDATASYNC = "__syscall_fdatasync";
    static final String FTRUNCATE = "__syscall_ftruncate64";
    static final String FALLOCATE = "__syscall_fallocate";
    static final String FADVISE = "__syscall_fadvise64";

    /** {@code struct fdstat}: filetype u8@0, flags u16@2, rights i64@8 and @16. */
    private static final int FDSTAT_BYTES = 24;

    private static final int FDFLAG_APPEND = 1;
    private static final int FDFLAG_DSYNC = 2;
    private static final int FDFLAG_NONBLOCK = 4;
    private static final int LAST_ADVICE = 5;
    private static final int COUNT_BYTES = 4;
    private static final int OFFSET_BYTES = 8;

    private final GuestProcess process;
    private final LinearMemory memory;
    private final IoVectors vectors;
    private final GuestMemory ranges;

    DescriptorSyscalls(GuestProcess process) {
        this.process = process;
        this.memory = process.memory();
        this.vectors = new IoVectors(memory);
        this.ranges = new GuestMemory(memory);
    }

    void register(HostFunctionTable table) {
        table.wasi(
                this,
                FD_READ,
                FD_WRITE,
                FD_PREAD,
                FD_PWRITE,
                FD_SEEK,
                FD_CLOSE,
                FD_SYNC,
                FD_FDSTAT_GET);
        table.syscall(this, FDATASYNC, FTRUNCATE, FALLOCATE, FADVISE);
    }

    @Override
    public long call(String name, long[] args) throws ErrnoException {
        return switch (name) {
            case FD_READ -> read((int) args[0], (int) args[1], (int) args[2], (int) args[3]);
            case FD_WRITE -> write((int) args[0], (int) args[1], (int) args[2], (int) args[3]);
            case FD_PREAD -> pread(args);
            case FD_PWRITE -> pwrite(args);
            case FD_SEEK -> seek((int) args[0], args[1], (int) args[2], (int) args[3]);
            case FD_CLOSE -> close((int) args[0]);
            case FD_SYNC -> sync((int) args[0], false);
            case FD_FDSTAT_GET -> fdstat((int) args[0], (int) args[1]);
            case FDATASYNC -> sync((int) args[0], true);
            case FTRUNCATE -> ftruncate((int) args[0], args[1]);
            case FALLOCATE -> fallocate((int) args[0], (int) args[1], args[2], args[3]);
            case FADVISE -> fadvise((int) args[0], args[2], (int) args[3]);
            default -> throw SyscallGroup.unknown(name);
        };
    }

    private OpenFile file(int fd) throws ErrnoException {
        return process.descriptors().get(fd);
    }

    private OpenFile readable(int fd) throws ErrnoException {
        OpenFile file = file(fd);
        if (!OpenFlags.isReadable(file.flags())) {
            throw new ErrnoException(Errno.EBADF);
        }
        return file;
    }

    private OpenFile writable(int fd) throws ErrnoException {
        OpenFile file = file(fd);
        if (!OpenFlags.isWritable(file.flags())) {
            throw new ErrnoException(Errno.EBADF);
        }
        return file;
    }

    /** {@code readv}: EBADF, EISDIR, EINVAL, EFAULT, EAGAIN (an empty pipe), EIO. */
    private long read(int fd, int iovAddr, int count, int resultAddr) throws ErrnoException {
        OpenFile file = readable(fd);
        ranges.check(resultAddr, COUNT_BYTES);
        int moved =
                vectors.fill(
                        iovAddr,
                        count,
                        file.handle().isStream(),
                        (done, bytes, offset, length) -> file.read(bytes, offset, length));
        memory.putInt(resultAddr, moved);
        return 0;
    }

    /** {@code writev}: EBADF, EINVAL, EFAULT, ENOSPC, EFBIG, EAGAIN, EPIPE, EIO. */
    private long write(int fd, int iovAddr, int count, int resultAddr) throws ErrnoException {
        OpenFile file = writable(fd);
        ranges.check(resultAddr, COUNT_BYTES);
        int moved =
                vectors.drain(
                        iovAddr,
                        count,
                        (done, bytes, offset, length) -> file.write(bytes, offset, length));
        memory.putInt(resultAddr, moved);
        return 0;
    }

    /** {@code preadv}: as {@link #read}, and ESPIPE on a stream, EINVAL (negative position). */
    private long pread(long[] args) throws ErrnoException {
        OpenFile file = readable((int) args[0]);
        long position = args[3];
        checkPosition(file, position);
        ranges.check((int) args[4], COUNT_BYTES);
        int moved =
                vectors.fill(
                        (int) args[1],
                        (int) args[2],
                        false,
                        (done, bytes, offset, length) ->
                                file.readAt(position + done, bytes, offset, length));
        memory.putInt((int) args[4], moved);
        return 0;
    }

    /** {@code pwritev}: as {@link #write}, and ESPIPE on a stream, EINVAL (negative position). */
    private long pwrite(long[] args) throws ErrnoException {
        OpenFile file = writable((int) args[0]);
        long position = args[3];
        checkPosition(file, position);
        ranges.check((int) args[4], COUNT_BYTES);
        int moved =
                vectors.drain(
                        (int) args[1],
                        (int) args[2],
                        (done, bytes, offset, length) ->
                                file.writeAt(position + done, bytes, offset, length));
        memory.putInt((int) args[4], moved);
        return 0;
    }

    private static void checkPosition(OpenFile file, long position) throws ErrnoException {
        if (file.handle().isStream()) {
            throw new ErrnoException(Errno.ESPIPE);
        }
        if (position < 0) {
            throw new ErrnoException(Errno.EINVAL);
        }
    }

    /** {@code lseek}: EBADF, ESPIPE, EINVAL, EOVERFLOW, EFAULT. */
    private long seek(int fd, long distance, int whence, int resultAddr) throws ErrnoException {
        OpenFile file = file(fd);
        ranges.check(resultAddr, OFFSET_BYTES);
        memory.putLong(resultAddr, file.seek(distance, whence));
        return 0;
    }

    /** {@code close}: EBADF, EIO; the descriptor is free in any case. */
    private long close(int fd) throws ErrnoException {
        process.closeOnExec(fd, false);
        process.descriptors().close(fd);
        return 0;
    }

    /** {@code fsync} and {@code fdatasync}: EBADF, EINVAL (a pipe or device), EIO. */
    private long sync(int fd, boolean dataOnly) throws ErrnoException {
        file(fd).handle().sync(dataOnly);
        return 0;
    }

    /** Kind and flags of a descriptor: EBADF, EFAULT. */
    private long fdstat(int fd, int resultAddr) throws ErrnoException {
        OpenFile file = file(fd);
        ranges.check(resultAddr, FDSTAT_BYTES);
        int flags = file.flags();
        int reported =
                ((flags & OpenFlags.APPEND) != 0 ? FDFLAG_APPEND : 0)
                        | ((flags & OpenFlags.DATA_SYNC) != 0 ? FDFLAG_DSYNC : 0)
                        | ((flags & OpenFlags.NON_BLOCK) != 0 ? FDFLAG_NONBLOCK : 0);
        memory.fill(resultAddr, FDSTAT_BYTES, (byte) 0);
        memory.putByte(resultAddr, (byte) wasiType(file.handle().status().type()));
        memory.putShort(resultAddr + 2, (short) reported);
        memory.putLong(resultAddr + 8, -1L);
        memory.putLong(resultAddr + 16, -1L);
        return 0;
    }

    private static int wasiType(FileType type) {
        return switch (type) {
            case CHARACTER_DEVICE -> 2;
            case DIRECTORY -> 3;
            case REGULAR -> 4;
            case SOCKET -> 6;
            case SYMBOLIC_LINK -> 7;
            case FIFO -> 0;
        };
    }

    /** {@code ftruncate}: EBADF, EINVAL (negative, not open for writing), EFBIG, ENOSPC. */
    private long ftruncate(int fd, long length) throws ErrnoException {
        OpenFile file = file(fd);
        if (length < 0 || !OpenFlags.isWritable(file.flags())) {
            throw new ErrnoException(Errno.EINVAL);
        }
        file.handle().truncate(length);
        return 0;
    }

    /**
     * {@code posix_fallocate} with mode 0.
     *
     * @throws ErrnoException EBADF, EINVAL, EFBIG, ENODEV, ENOSPC, ENOTSUP (another mode), ESPIPE
     */
    private long fallocate(int fd, int mode, long offset, long length) throws ErrnoException {
        OpenFile file = writable(fd);
        FileHandle handle = file.handle();
        if (mode != 0) {
            throw new ErrnoException(Errno.ENOTSUP);
        }
        if (offset < 0 || length <= 0) {
            throw new ErrnoException(Errno.EINVAL);
        }
        if (handle.isStream()) {
            throw new ErrnoException(Errno.ESPIPE);
        }
        if (handle.status().type() != FileType.REGULAR) {
            throw new ErrnoException(Errno.ENODEV);
        }
        if (offset > Long.MAX_VALUE - length) {
            throw new ErrnoException(Errno.EFBIG);
        }
        handle.allocate(offset, length);
        return 0;
    }

    /** {@code posix_fadvise}: EBADF, ESPIPE, EINVAL (advice, negative length). */
    private long fadvise(int fd, long length, int advice) throws ErrnoException {
        OpenFile file = file(fd);
        if (file.handle().isStream()) {
            throw new ErrnoException(Errno.ESPIPE);
        }
        if (advice < 0 || advice > LAST_ADVICE || length < 0) {
            throw new ErrnoException(Errno.EINVAL);
        }
        return 0;
    }
}
