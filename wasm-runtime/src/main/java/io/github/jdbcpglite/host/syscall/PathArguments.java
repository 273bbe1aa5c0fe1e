package io.github.jdbcpglite.host.syscall;

import io.github.jdbcpglite.host.descriptor.OpenFile;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileType;
import io.github.jdbcpglite.host.fs.GuestPath;
import io.github.jdbcpglite.host.process.GuestMemory;
import io.github.jdbcpglite.host.process.GuestProcess;

/**
 * Path arguments of system calls, relative to the working directory or to a directory's descriptor.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/functions/openat.html">openat</a>
 */
final class PathArguments {
    /** The descriptor that stands for the working directory. */
    static final int AT_FDCWD = -100;

    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int AT_REMOVEDIR = 0x200;
    static final int AT_EACCESS = 0x200;
    static final int AT_NO_AUTOMOUNT = 0x800;
    static final int AT_EMPTY_PATH = 0x1000;

    private final GuestProcess process;
    private final GuestMemory strings;

    PathArguments(GuestProcess process) {
        this.process = process;
        this.strings = new GuestMemory(process.memory());
    }

    /**
     * A path argument.
     *
     * @param path absolute and clean
     * @param text as the guest wrote it
     */
    record Target(String path, String text) {
        /** Returns whether the path can only be that of a directory, such as {@code a/}. */
        boolean directoryMeant() {
            return text.endsWith("/") || endsInDots();
        }

        /** Returns whether the last component is {@code .} or {@code ..}. */
        boolean endsInDots() {
            return lastComponentIs(".") || lastComponentIs("..");
        }

        boolean lastComponentIs(String name) {
            int end = text.length();
            while (end > 0 && text.charAt(end - 1) == '/') {
                end--;
            }
            return text.substring(text.lastIndexOf('/', end - 1) + 1, end).equals(name);
        }
    }

    /** Reads a path argument as it is, possibly empty: ENAMETOOLONG, EFAULT, EINVAL (not UTF-8). */
    String text(int pathAddr) throws ErrnoException {
        return strings.path(pathAddr);
    }

    /**
     * Reads and resolves a path argument.
     *
     * @param dirfd where a relative path starts, {@link #AT_FDCWD} for the working directory
     * @throws ErrnoException ENOENT (empty), ENAMETOOLONG, EFAULT, EBADF, ENOTDIR
     */
    Target at(int dirfd, int pathAddr) throws ErrnoException {
        return resolve(dirfd, text(pathAddr));
    }

    /** As {@link #at}, from the working directory. */
    Target target(int pathAddr) throws ErrnoException {
        return at(AT_FDCWD, pathAddr);
    }

    /** As {@link #at}, of a text already read. */
    Target resolve(int dirfd, String text) throws ErrnoException {
        if (text.isEmpty()) {
            throw new ErrnoException(Errno.ENOENT);
        }
        String base =
                dirfd == AT_FDCWD || text.charAt(0) == '/'
                        ? process.currentDirectory()
                        : directory(dirfd);
        Target target = new Target(GuestPath.resolve(base, text), text);
        if (target.directoryMeant()) {
            requireDirectoryIfThere(target.path());
        }
        return target;
    }

    private String directory(int dirfd) throws ErrnoException {
        OpenFile file = process.descriptors().get(dirfd);
        if (file.handle().status().type() != FileType.DIRECTORY) {
            throw new ErrnoException(Errno.ENOTDIR);
        }
        return file.path();
    }

    private void requireDirectoryIfThere(String path) throws ErrnoException {
        try {
            if (process.fileSystem().stat(path, true).type() != FileType.DIRECTORY) {
                throw new ErrnoException(Errno.ENOTDIR);
            }
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }

    /** Fails with EINVAL if flags hold a bit that is not allowed. */
    static void checkFlags(int flags, int allowed) throws ErrnoException {
        if ((flags & ~allowed) != 0) {
            throw new ErrnoException(Errno.EINVAL);
        }
    }
}
