package io.github.jdbcpglite.host.fs;

import io.github.jdbcpglite.host.descriptor.OpenFile;

/**
 * A file opened by {@link FileSystem#open}, addressed by position; the current offset, append mode
 * and sharing by {@code dup} belong to {@link OpenFile} above it.
 *
 * <p>Buffers are plain arrays because a page of linear memory is one: contents are copied once,
 * from the file to the guest's page or back.
 */
public interface FileHandle extends AutoCloseable {

    /** Describes the file, as {@code fstat(2)}; works after the name is gone. */
    FileStatus status() throws ErrnoException;

    /**
     * Reads at a position, as {@code pread(2)}.
     *
     * @return the number of bytes read, 0 at or past the end; short only at the end
     * @throws ErrnoException EBADF (not open for reading), EISDIR, EIO
     */
    int read(long position, byte[] buffer, int offset, int length) throws ErrnoException;

    /**
     * Writes at a position, as {@code pwrite(2)}; a gap past the end reads as zeros.
     *
     * @return the number of bytes written, at least 1 unless {@code length} is 0
     * @throws ErrnoException EBADF (not open for writing), ENOSPC, EFBIG, EIO
     */
    int write(long position, byte[] buffer, int offset, int length) throws ErrnoException;

    /** Writes at the end of the file in one step, as {@code O_APPEND} does. */
    int append(byte[] buffer, int offset, int length) throws ErrnoException;

    /** Returns the size in bytes. */
    long size() throws ErrnoException;

    /**
     * Shortens the file or extends it with zeros, as {@code ftruncate(2)}.
     *
     * @throws ErrnoException EINVAL (negative or not open for writing), EFBIG, ENOSPC
     */
    void truncate(long size) throws ErrnoException;

    /**
     * Sets space aside for a range and extends the file to its end if need be, as {@code
     * posix_fallocate(3)}; where space is not counted, the file is only extended.
     *
     * @throws ErrnoException EFBIG, ENOSPC
     */
    default void allocate(long position, long length) throws ErrnoException {
        if (position + length > size()) {
            truncate(position + length);
        }
    }

    /**
     * Makes contents durable, as {@code fsync(2)} or {@code fdatasync(2)}; on a directory, its
     * entries.
     *
     * @param dataOnly whether times need not be durable
     * @throws ErrnoException EIO
     */
    void sync(boolean dataOnly) throws ErrnoException;

    /** Sets the permission bits, as {@code fchmod(2)}. */
    void setMode(int mode) throws ErrnoException;

    /**
     * Returns whether this is a stream without positions, such as a pipe, on which {@code lseek(2)}
     * and positioned reads and writes fail with ESPIPE.
     */
    default boolean isStream() {
        return false;
    }

    /** Closes the handle. Idempotent; later operations fail with EBADF. */
    @Override
    void close() throws ErrnoException;
}
