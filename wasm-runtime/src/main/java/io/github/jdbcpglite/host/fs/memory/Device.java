package io.github.jdbcpglite.host.fs.memory;

import io.github.jdbcpglite.host.fs.ErrnoException;

/**
 * What reads and writes of a character device do; see {@link Devices} for the usual ones.
 *
 * <p>Implementations are safe for use by several threads. They are called without any lock of the
 * file system, so they may block.
 */
public interface Device {

    /**
     * Reads.
     *
     * @return the number of bytes read, 0 at the end of the input
     * @throws ErrnoException EIO, or EAGAIN when nothing is there yet
     */
    int read(byte[] buffer, int offset, int length) throws ErrnoException;

    /**
     * Writes.
     *
     * @return the number of bytes taken
     * @throws ErrnoException EIO
     */
    int write(byte[] buffer, int offset, int length) throws ErrnoException;
}
