package io.github.jdbcpglite.host.syscall;

import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.host.descriptor.OpenFile;
import io.github.jdbcpglite.host.fs.DirectoryEntry;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileSystem;
import io.github.jdbcpglite.host.fs.FileType;
import io.github.jdbcpglite.host.process.GuestMemory;
import io.github.jdbcpglite.host.process.GuestProcess;
import io.github.jdbcpglite.host.process.HostFunctionTable;
import io.github.jdbcpglite.host.process.SyscallGroup;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Directories and the working directory.
 *
 * @see <a
 *     href="https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/dirent.h.html">dirent.h</a>
 */
final class DirectorySyscalls implements SyscallGroup {
    static final String GETDENTS = "__syscall_getdents64";
    static final String MKDIRAT = "__syscall_mkdirat";
    static final String RMDIR = "__syscall_rmdir";
    static final String CHDIR = "__syscall_chdir";
    static final String GETCWD = "__syscall_getcwd";

    /** {@code struct dirent}: ino@0, off@8, reclen u16@16, type u8@18, name@19. */
    private static final int ENTRY_BYTES = 280;

    private static final int ENTRY_NAME = 19;
    private static final int PERMISSION_BITS = 01777;

    private final GuestProcess process;
    private final FileSystem fileSystem;
    private final LinearMemory memory;
    private final PathArguments paths;
    private final GuestMemory strings;

    DirectorySyscalls(GuestProcess process) {
        this.process = process;
        this.fileSystem = process.fileSystem();
        this.memory = process.memory();
        this.paths = new PathArguments(process);
        this.strings = new GuestMemory(memory);
    }

    void register(HostFunctionTable table) {
        table.syscall(this, GETDENTS, MKDIRAT, RMDIR, CHDIR, GETCWD);
    }

    @Override
    public long call(String name, long[] args) throws ErrnoException {
        return switch (name) {
            case GETDENTS -> getdents((int) args[0], (int) args[1], (int) args[2]);
            case MKDIRAT -> mkdirat((int) args[0], (int) args[1], (int) args[2]);
            case RMDIR -> rmdir((int) args[0]);
            case CHDIR -> chdir((int) args[0]);
            case GETCWD -> getcwd((int) args[0], (int) args[1]);
            default -> throw SyscallGroup.unknown(name);
        };
    }

    /**
     * {@code getdents}: as many entries as fit. The offset of the descriptor is the index of the
     * next entry times the size of an entry, so that {@code seekdir} works with {@code d_off}.
     *
     * @return the bytes written, 0 at the end
     * @throws ErrnoException EBADF, ENOTDIR, ENOENT (removed), EINVAL (no room for one), EFAULT
     */
    private long getdents(int fd, int bufferAddr, int size) throws ErrnoException {
        OpenFile directory = process.descriptors().get(fd);
        List<DirectoryEntry> entries = directory.directoryEntries(fileSystem);
        int first = (int) Math.min(directory.offset() / ENTRY_BYTES, entries.size());
        int room = Integer.divideUnsigned(size, ENTRY_BYTES);
        int count = Math.min(room, entries.size() - first);
        if (room == 0) {
            throw new ErrnoException(Errno.EINVAL);
        }
        strings.check(bufferAddr, count * ENTRY_BYTES);
        for (int i = 0; i < count; i++) {
            writeEntry(bufferAddr + i * ENTRY_BYTES, first + i, entries.get(first + i));
        }
        directory.seek((long) (first + count) * ENTRY_BYTES, OpenFile.SEEK_SET);
        return (long) count * ENTRY_BYTES;
    }

    private void writeEntry(int addr, int index, DirectoryEntry entry) {
        memory.putLong(addr, entry.inode());
        memory.putLong(addr + 8, (index + 1L) * ENTRY_BYTES);
        memory.putShort(addr + 16, (short) ENTRY_BYTES);
        memory.putByte(addr + 18, (byte) entry.type().directoryEntryType());
        strings.writeString(addr + ENTRY_NAME, entry.name().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * {@code mkdirat}.
     *
     * @throws ErrnoException EEXIST, ENOENT, ENOTDIR, ENOSPC, EROFS, EBADF, EFAULT, ENAMETOOLONG
     */
    private long mkdirat(int dirfd, int pathAddr, int mode) throws ErrnoException {
        PathArguments.Target target = paths.at(dirfd, pathAddr);
        fileSystem.makeDirectory(target.path(), mode & PERMISSION_BITS & ~process.umask());
        return 0;
    }

    /**
     * {@code rmdir}.
     *
     * @throws ErrnoException ENOENT, ENOTDIR, ENOTEMPTY, EBUSY, EINVAL (ends in a dot), EFAULT
     */
    private long rmdir(int pathAddr) throws ErrnoException {
        remove(fileSystem, paths.target(pathAddr));
        return 0;
    }

    static void remove(FileSystem fileSystem, PathArguments.Target target) throws ErrnoException {
        if (target.lastComponentIs(".")) {
            throw new ErrnoException(Errno.EINVAL);
        }
        if (target.lastComponentIs("..")) {
            throw new ErrnoException(Errno.ENOTEMPTY);
        }
        fileSystem.removeDirectory(target.path());
    }

    /**
     * {@code chdir}.
     *
     * @throws ErrnoException ENOENT, ENOTDIR, ELOOP, EFAULT, ENAMETOOLONG
     */
    private long chdir(int pathAddr) throws ErrnoException {
        String path = paths.target(pathAddr).path();
        if (fileSystem.stat(path, true).type() != FileType.DIRECTORY) {
            throw new ErrnoException(Errno.ENOTDIR);
        }
        process.setCurrentDirectory(path);
        return 0;
    }

    /**
     * {@code getcwd}.
     *
     * @return the bytes written, the terminating zero included
     * @throws ErrnoException EINVAL (no buffer), ERANGE, EFAULT
     */
    private long getcwd(int bufferAddr, int size) throws ErrnoException {
        if (size == 0) {
            throw new ErrnoException(Errno.EINVAL);
        }
        byte[] path = process.currentDirectory().getBytes(StandardCharsets.UTF_8);
        if (Integer.compareUnsigned(size, path.length + 1) < 0) {
            throw new ErrnoException(Errno.ERANGE);
        }
        strings.check(bufferAddr, path.length + 1);
        strings.writeString(bufferAddr, path);
        return path.length + 1L;
    }
}
