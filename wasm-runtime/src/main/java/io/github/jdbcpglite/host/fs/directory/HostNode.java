package io.github.jdbcpglite.host.fs.directory;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * An open file of a {@link HostFileSystem}, shared by all handles on it: one channel, however many
 * backends have the file open.
 *
 * <p>Names and the count of handles are guarded by the lock of the file system. Reads and
 * positioned writes take no lock; what depends on the size takes the node's monitor.
 */
final class HostNode {
    private final HostFileSystem store;

    /** {@code null} where a directory cannot be opened, as on Windows. */
    private final @Nullable FileChannel channel;

    private final boolean directory;
    private final boolean writable;

    /** The path within the file system; {@code null} once the name is gone. */
    volatile @Nullable String path;

    /** What the file was when its name went. */
    @Nullable FileStatus orphaned;

    int handles;

    HostNode(
            HostFileSystem store,
            @Nullable FileChannel channel,
            String path,
            boolean directory,
            boolean writable) {
        this.store = store;
        this.channel = channel;
        this.path = path;
        this.directory = directory;
        this.writable = writable;
    }

    boolean isDirectory() {
        return directory;
    }

    boolean isWritable() {
        return writable;
    }

    int read(long position, byte[] buffer, int offset, int length) throws ErrnoException {
        FileChannel file = file();
        ByteBuffer target = ByteBuffer.wrap(buffer, offset, length);
        try {
            while (target.hasRemaining()) {
                int count = file.read(target, position + length - target.remaining());
                if (count < 0) {
                    break;
                }
            }
            return length - target.remaining();
        } catch (IOException e) {
            throw HostErrors.translate(e, "read " + path);
        }
    }

    int write(long position, byte[] buffer, int offset, int length) throws ErrnoException {
        FileChannel file = file();
        ByteBuffer source = ByteBuffer.wrap(buffer, offset, length);
        try {
            while (source.hasRemaining()) {
                file.write(source, position + length - source.remaining());
            }
            return length;
        } catch (IOException e) {
            int written = length - source.remaining();
            if (written > 0) {
                return written;
            }
            throw writeFailed(e);
        }
    }

    synchronized int append(byte[] buffer, int offset, int length) throws ErrnoException {
        return write(size(), buffer, offset, length);
    }

    long size() throws ErrnoException {
        try {
            return file().size();
        } catch (IOException e) {
            throw HostErrors.translate(e, "get the size of " + path);
        }
    }

    synchronized void truncate(long size) throws ErrnoException {
        FileChannel file = file();
        try {
            if (size > file.size()) {
                // A channel cannot extend a file but by writing its last byte.
                file.write(ByteBuffer.allocate(1), size - 1);
            } else {
                file.truncate(size);
            }
        } catch (IOException e) {
            throw writeFailed(e);
        }
    }

    void sync(boolean dataOnly) throws ErrnoException {
        if (channel == null) {
            return;
        }
        try {
            channel.force(!dataOnly);
        } catch (IOException e) {
            throw HostErrors.translate(e, "make durable " + path);
        }
    }

    void close() throws ErrnoException {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw HostErrors.translate(e, "close " + path);
        }
    }

    private FileChannel file() throws ErrnoException {
        if (channel == null || directory) {
            throw new ErrnoException(Errno.EISDIR);
        }
        return channel;
    }

    private ErrnoException writeFailed(IOException failure) {
        if (store.isFull()) {
            return new ErrnoException(Errno.ENOSPC);
        }
        return HostErrors.translate(failure, "write " + path);
    }
}
