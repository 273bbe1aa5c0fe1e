package io.github.jdbcpglite.host.descriptor;

import io.github.jdbcpglite.host.fs.DirectoryEntry;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileHandle;
import io.github.jdbcpglite.host.fs.FileStatus;
import io.github.jdbcpglite.host.fs.FileSystem;
import io.github.jdbcpglite.host.fs.FileType;
import io.github.jdbcpglite.host.fs.GuestPath;
import io.github.jdbcpglite.host.fs.OpenFlags;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An open file description, as POSIX calls it: a handle with the current offset and the status
 * flags, shared by every descriptor that {@code dup} or a fork made of the first.
 *
 * <p>{@link FdTable} counts the descriptors and closes the handle with the last. Safe for use by
 * several threads; the offset is kept consistent as {@code read(2)} and {@code write(2)} require.
 * No lock is held while reading or writing a stream.
 */
public final class OpenFile {
    /** {@code SEEK_SET}: from the start. */
    public static final int SEEK_SET = 0;

    /** {@code SEEK_CUR}: from the current offset. */
    public static final int SEEK_CUR = 1;

    /** {@code SEEK_END}: from the end of the file. */
    public static final int SEEK_END = 2;

    private static final int CHANGEABLE_FLAGS = OpenFlags.APPEND | OpenFlags.NON_BLOCK;

    private final FileHandle handle;
    private final String path;
    private final Object offsetLock = new Object();
    private volatile int flags;
    private long offset;
    private @Nullable List<DirectoryEntry> entries;
    private int references;

    /**
     * Wraps a handle.
     *
     * @param handle closed with the last descriptor
     * @param path the absolute path it was opened by, for {@code fchdir} and messages
     * @param flags {@link OpenFlags} bits it was opened with
     */
    public OpenFile(FileHandle handle, String path, int flags) {
        this.handle = handle;
        this.path = path;
        this.flags = flags;
    }

    /** Returns the handle. */
    public FileHandle handle() {
        return handle;
    }

    /** Returns the path the file was opened by; a rename does not change it. */
    public String path() {
        return path;
    }

    /** Returns the flags, as {@code fcntl(F_GETFL)}. */
    public int flags() {
        return flags;
    }

    /** Sets {@code O_APPEND} and {@code O_NONBLOCK}, as {@code fcntl(F_SETFL)}; others stay. */
    public void setFlags(int newFlags) {
        flags = (flags & ~CHANGEABLE_FLAGS) | (newFlags & CHANGEABLE_FLAGS);
    }

    /**
     * Reads at the offset and moves it, as {@code read(2)}.
     *
     * @return the number of bytes, 0 at the end
     * @throws ErrnoException as {@link FileHandle#read}; EAGAIN from a stream with nothing in it
     */
    public int read(byte[] buffer, int from, int length) throws ErrnoException {
        if (handle.isStream()) {
            return handle.read(0, buffer, from, length);
        }
        synchronized (offsetLock) {
            int count = handle.read(offset, buffer, from, length);
            offset += count;
            return count;
        }
    }

    /**
     * Writes at the offset and moves it, or at the end under {@code O_APPEND}, as {@code write(2)}.
     *
     * @return the number of bytes written
     * @throws ErrnoException as {@link FileHandle#write}; EAGAIN from a stream that is full
     */
    public int write(byte[] buffer, int from, int length) throws ErrnoException {
        if (handle.isStream()) {
            return handle.write(0, buffer, from, length);
        }
        synchronized (offsetLock) {
            int count;
            if ((flags & OpenFlags.APPEND) != 0) {
                count = handle.append(buffer, from, length);
                offset = handle.size();
            } else {
                count = handle.write(offset, buffer, from, length);
                offset += count;
            }
            syncIfAsked();
            return count;
        }
    }

    /**
     * Reads at a position and leaves the offset, as {@code pread(2)}.
     *
     * @throws ErrnoException ESPIPE on a stream, EINVAL if negative, else as {@link
     *     FileHandle#read}
     */
    public int readAt(long position, byte[] buffer, int from, int length) throws ErrnoException {
        checkPosition(position);
        return handle.read(position, buffer, from, length);
    }

    /**
     * Writes at a position and leaves the offset, as {@code pwrite(2)}. Under {@code O_APPEND} it
     * writes at the end all the same, as Linux does.
     *
     * @throws ErrnoException ESPIPE on a stream, EINVAL if negative, else as {@link
     *     FileHandle#write}
     */
    public int writeAt(long position, byte[] buffer, int from, int length) throws ErrnoException {
        checkPosition(position);
        int count =
                (flags & OpenFlags.APPEND) != 0
                        ? handle.append(buffer, from, length)
                        : handle.write(position, buffer, from, length);
        syncIfAsked();
        return count;
    }

    /**
     * Moves the offset, as {@code lseek(2)}. On a directory the offset counts entries of {@link
     * #directoryEntries}.
     *
     * @param whence {@link #SEEK_SET}, {@link #SEEK_CUR} or {@link #SEEK_END}
     * @return the new offset
     * @throws ErrnoException ESPIPE on a stream, EINVAL for a negative result or unknown whence,
     *     EOVERFLOW past 2^63
     */
    public long seek(long distance, int whence) throws ErrnoException {
        if (handle.isStream()) {
            throw new ErrnoException(Errno.ESPIPE);
        }
        synchronized (offsetLock) {
            long base =
                    switch (whence) {
                        case SEEK_SET -> 0;
                        case SEEK_CUR -> offset;
                        case SEEK_END -> handle.size();
                        default -> throw new ErrnoException(Errno.EINVAL);
                    };
            long target = base + distance;
            if (distance > 0 && target < base) {
                throw new ErrnoException(Errno.EOVERFLOW);
            }
            if (target < 0) {
                throw new ErrnoException(Errno.EINVAL);
            }
            offset = target;
            return target;
        }
    }

    /** Returns the offset. */
    public long offset() {
        synchronized (offsetLock) {
            return offset;
        }
    }

    /**
     * Returns the entries of a directory, {@code .} and {@code ..} first, for {@code getdents}.
     * They are read when the offset is 0 and stay as they were until it is 0 again, so that a scan
     * that removes files on the way sees each name once. The caller moves the offset with {@link
     * #seek}.
     *
     * @param fileSystem where the directory is
     * @throws ErrnoException ENOTDIR, ENOENT if it was removed
     */
    public List<DirectoryEntry> directoryEntries(FileSystem fileSystem) throws ErrnoException {
        FileStatus status = handle.status();
        if (status.type() != FileType.DIRECTORY) {
            throw new ErrnoException(Errno.ENOTDIR);
        }
        synchronized (offsetLock) {
            List<DirectoryEntry> present = entries;
            if (present == null || offset == 0) {
                List<DirectoryEntry> named = fileSystem.list(path);
                present = new ArrayList<>(named.size() + 2);
                long parent = fileSystem.stat(GuestPath.parent(path), true).inode();
                present.add(new DirectoryEntry(".", status.inode(), FileType.DIRECTORY));
                present.add(new DirectoryEntry("..", parent, FileType.DIRECTORY));
                present.addAll(named);
                present = List.copyOf(present);
                entries = present;
            }
            return present;
        }
    }

    private void checkPosition(long position) throws ErrnoException {
        if (handle.isStream()) {
            throw new ErrnoException(Errno.ESPIPE);
        }
        if (position < 0) {
            throw new ErrnoException(Errno.EINVAL);
        }
    }

    private void syncIfAsked() throws ErrnoException {
        if ((flags & OpenFlags.DATA_SYNC) != 0) {
            handle.sync(true);
        }
    }

    /** Counts one more descriptor. */
    void retain() {
        synchronized (offsetLock) {
            references++;
        }
    }

    /** Counts one descriptor less and closes the handle with the last. */
    void release() throws ErrnoException {
        boolean last;
        synchronized (offsetLock) {
            references--;
            last = references == 0;
        }
        if (last) {
            handle.close();
        }
    }
}
