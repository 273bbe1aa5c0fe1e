package io.github.jdbcpglite.host.descriptor;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileHandle;
import io.github.jdbcpglite.host.fs.FileSystem;
import io.github.jdbcpglite.host.fs.OpenFlags;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The descriptors of one guest process: small numbers, each an {@link OpenFile}.
 *
 * <p>The lowest free number is always given out next, which POSIX promises and {@code dup} based
 * redirection relies on. Safe for use by several threads; the handles are closed outside the lock.
 */
public final class FdTable {
    /** Descriptors a table holds unless told otherwise. */
    public static final int DEFAULT_LIMIT = 4096;

    private static final int INITIAL_LENGTH = 64;

    private final int limit;
    private @Nullable OpenFile[] files = new OpenFile[INITIAL_LENGTH];

    /** No number below this one is free. */
    private int lowestFree;

    private int used;

    /** Creates an empty table of {@link #DEFAULT_LIMIT} descriptors. */
    public FdTable() {
        this(DEFAULT_LIMIT);
    }

    /**
     * Creates an empty table.
     *
     * @param limit descriptors at once, at least 1; EMFILE past it
     */
    public FdTable(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("The limit of descriptors is below 1: " + limit);
        }
        this.limit = limit;
    }

    /**
     * Creates a table whose descriptors 0, 1 and 2 are {@code /dev/stdin}, {@code /dev/stdout} and
     * {@code /dev/stderr}.
     *
     * @throws ErrnoException if they cannot be opened; nothing stays open then
     */
    public static FdTable withStandardStreams(FileSystem fileSystem, int limit)
            throws ErrnoException {
        FdTable table = new FdTable(limit);
        try {
            table.open(fileSystem, "/dev/stdin", OpenFlags.READ_ONLY, 0);
            table.open(fileSystem, "/dev/stdout", OpenFlags.WRITE_ONLY, 0);
            table.open(fileSystem, "/dev/stderr", OpenFlags.WRITE_ONLY, 0);
            return table;
        } catch (ErrnoException e) {
            table.closeAll();
            throw e;
        }
    }

    /**
     * Opens a file under the lowest free descriptor.
     *
     * @throws ErrnoException as {@link FileSystem#open}, EMFILE
     */
    public int open(FileSystem fileSystem, String path, int flags, int mode) throws ErrnoException {
        synchronized (this) {
            if (used >= limit) {
                throw new ErrnoException(Errno.EMFILE);
            }
        }
        FileHandle handle = fileSystem.open(path, flags, mode);
        try {
            return add(new OpenFile(handle, path, flags));
        } catch (ErrnoException e) {
            handle.close();
            throw e;
        }
    }

    /**
     * Gives an open file the lowest free descriptor.
     *
     * @throws ErrnoException EMFILE; the caller closes the handle then
     */
    public synchronized int add(OpenFile file) throws ErrnoException {
        int fd = free(0);
        put(fd, file);
        return fd;
    }

    /**
     * Returns the file of a descriptor.
     *
     * @throws ErrnoException EBADF
     */
    public synchronized OpenFile get(int fd) throws ErrnoException {
        OpenFile file = fd >= 0 && fd < files.length ? files[fd] : null;
        if (file == null) {
            throw new ErrnoException(Errno.EBADF);
        }
        return file;
    }

    /**
     * Gives a file another descriptor, the lowest free, as {@code dup(2)}.
     *
     * @throws ErrnoException EBADF, EMFILE
     */
    public int dup(int fd) throws ErrnoException {
        return dup(fd, 0);
    }

    /**
     * Gives a file another descriptor, the lowest free from a minimum on, as {@code
     * fcntl(F_DUPFD)}.
     *
     * @throws ErrnoException EBADF, EMFILE, EINVAL if the minimum is negative or past the limit
     */
    public synchronized int dup(int fd, int minimum) throws ErrnoException {
        OpenFile file = get(fd);
        if (minimum < 0 || minimum >= limit) {
            throw new ErrnoException(Errno.EINVAL);
        }
        int copy = free(minimum);
        put(copy, file);
        return copy;
    }

    /**
     * Makes a descriptor mean the same file as another, closing what it meant, as {@code dup2(2)}:
     * if they are the same number nothing happens.
     *
     * @return {@code target}
     * @throws ErrnoException EBADF for either number
     */
    public int dup2(int fd, int target) throws ErrnoException {
        if (fd == target) {
            get(fd);
            return target;
        }
        OpenFile replaced;
        synchronized (this) {
            OpenFile file = get(fd);
            if (target < 0 || target >= limit) {
                throw new ErrnoException(Errno.EBADF);
            }
            replaced = take(target);
            put(target, file);
        }
        if (replaced != null) {
            replaced.release();
        }
        return target;
    }

    /**
     * As {@link #dup2}, but the same number twice is an error, as {@code dup3(2)}.
     *
     * @throws ErrnoException EINVAL if the numbers are the same, EBADF
     */
    public int dup3(int fd, int target) throws ErrnoException {
        if (fd == target) {
            throw new ErrnoException(Errno.EINVAL);
        }
        return dup2(fd, target);
    }

    /**
     * Frees a descriptor and closes the file if it was the last.
     *
     * @throws ErrnoException EBADF, or EIO from the handle; the descriptor is free then too
     */
    public void close(int fd) throws ErrnoException {
        OpenFile file;
        synchronized (this) {
            file = take(fd);
        }
        if (file == null) {
            throw new ErrnoException(Errno.EBADF);
        }
        file.release();
    }

    /**
     * Frees every descriptor, as the end of a process does.
     *
     * @throws ErrnoException the first failure of a handle, after all have been closed
     */
    public void closeAll() throws ErrnoException {
        ErrnoException failure = null;
        for (int fd : descriptors()) {
            OpenFile file;
            synchronized (this) {
                file = take(fd);
            }
            try {
                if (file != null) {
                    file.release();
                }
            } catch (ErrnoException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Makes a table with the same numbers for the same open files, as a fork does. */
    public synchronized FdTable copy() {
        FdTable copy = new FdTable(limit);
        copy.files = Arrays.copyOf(files, files.length);
        copy.lowestFree = lowestFree;
        copy.used = used;
        for (OpenFile file : files) {
            if (file != null) {
                file.retain();
            }
        }
        return copy;
    }

    /** Returns the numbers in use, ascending. */
    public synchronized int[] descriptors() {
        int[] numbers = new int[used];
        int count = 0;
        for (int fd = 0; count < used; fd++) {
            if (files[fd] != null) {
                numbers[count++] = fd;
            }
        }
        return numbers;
    }

    /** Returns how many descriptors are in use. */
    public synchronized int size() {
        return used;
    }

    /** Returns the limit. */
    public int limit() {
        return limit;
    }

    private int free(int minimum) throws ErrnoException {
        int fd = Math.max(minimum, lowestFree);
        while (fd < files.length && files[fd] != null) {
            fd++;
        }
        if (fd >= limit) {
            throw new ErrnoException(Errno.EMFILE);
        }
        return fd;
    }

    private void put(int fd, OpenFile file) {
        if (fd >= files.length) {
            files = Arrays.copyOf(files, Math.min(limit, Math.max(fd + 1, files.length * 2)));
        }
        files[fd] = file;
        file.retain();
        used++;
        if (fd == lowestFree) {
            lowestFree = fd + 1;
        }
    }

    private @Nullable OpenFile take(int fd) {
        OpenFile file = fd >= 0 && fd < files.length ? files[fd] : null;
        if (file != null) {
            files[fd] = null;
            used--;
            lowestFree = Math.min(lowestFree, fd);
        }
        return file;
    }
}
