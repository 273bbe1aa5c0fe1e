package io.github.jdbcpglite.host.fs.directory;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileHandle;
import io.github.jdbcpglite.host.fs.FileStatus;
import io.github.jdbcpglite.host.fs.OpenFlags;
import java.util.concurrent.atomic.AtomicBoolean;

/** One open of a {@link HostNode}. */
final class HostFileHandle implements FileHandle {
    private final HostFileSystem fileSystem;
    private final HostNode node;
    private final boolean readable;
    private final boolean writable;
    private final AtomicBoolean closed = new AtomicBoolean();

    HostFileHandle(HostFileSystem fileSystem, HostNode node, int flags) {
        this.fileSystem = fileSystem;
        this.node = node;
        this.readable = OpenFlags.isReadable(flags);
        this.writable = OpenFlags.isWritable(flags);
    }

    @Override
    public FileStatus status() throws ErrnoException {
        checkOpen();
        return fileSystem.status(node);
    }

    @Override
    public int read(long position, byte[] buffer, int offset, int length) throws ErrnoException {
        checkOpen();
        check(readable, Errno.EBADF);
        check(!node.isDirectory(), Errno.EISDIR);
        check(position >= 0, Errno.EINVAL);
        return node.read(position, buffer, offset, length);
    }

    @Override
    public int write(long position, byte[] buffer, int offset, int length) throws ErrnoException {
        checkOpen();
        check(writable, Errno.EBADF);
        check(position >= 0, Errno.EINVAL);
        return node.write(position, buffer, offset, length);
    }

    @Override
    public int append(byte[] buffer, int offset, int length) throws ErrnoException {
        checkOpen();
        check(writable, Errno.EBADF);
        return node.append(buffer, offset, length);
    }

    @Override
    public long size() throws ErrnoException {
        checkOpen();
        return node.isDirectory() ? fileSystem.status(node).size() : node.size();
    }

    @Override
    public void truncate(long size) throws ErrnoException {
        checkOpen();
        check(writable && size >= 0, Errno.EINVAL);
        node.truncate(size);
    }

    @Override
    public void sync(boolean dataOnly) throws ErrnoException {
        checkOpen();
        node.sync(dataOnly);
    }

    @Override
    public void setMode(int mode) throws ErrnoException {
        checkOpen();
        fileSystem.setMode(node, mode);
    }

    @Override
    public void close() throws ErrnoException {
        if (closed.compareAndSet(false, true)) {
            fileSystem.handleClosed(node);
        }
    }

    private void checkOpen() throws ErrnoException {
        check(!closed.get() && !fileSystem.isClosed(), Errno.EBADF);
    }

    private static void check(boolean condition, Errno otherwise) throws ErrnoException {
        if (!condition) {
            throw new ErrnoException(otherwise);
        }
    }
}
