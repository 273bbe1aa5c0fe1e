package io.github.jdbcpglite.host.fs.memory;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileHandle;
import io.github.jdbcpglite.host.fs.FileStatus;
import io.github.jdbcpglite.host.fs.OpenFlags;

/** An open device node: positions mean nothing, reads and writes go to the device. */
final class DeviceFileHandle implements FileHandle {
    private final MemoryState state;
    private final Inode.DeviceNode node;
    private final boolean readable;
    private final boolean writable;
    private volatile boolean closed;

    DeviceFileHandle(MemoryState state, Inode.DeviceNode node, int flags) {
        this.state = state;
        this.node = node;
        this.readable = OpenFlags.isReadable(flags);
        this.writable = OpenFlags.isWritable(flags);
    }

    @Override
    public FileStatus status() throws ErrnoException {
        check(true);
        return state.status(node);
    }

    @Override
    public int read(long position, byte[] buffer, int offset, int length) throws ErrnoException {
        check(readable);
        return node.device.read(buffer, offset, length);
    }

    @Override
    public int write(long position, byte[] buffer, int offset, int length) throws ErrnoException {
        check(writable);
        return node.device.write(buffer, offset, length);
    }

    @Override
    public int append(byte[] buffer, int offset, int length) throws ErrnoException {
        return write(0, buffer, offset, length);
    }

    @Override
    public long size() throws ErrnoException {
        check(true);
        return 0;
    }

    @Override
    public void truncate(long size) throws ErrnoException {
        check(true);
        throw new ErrnoException(Errno.EINVAL);
    }

    @Override
    public void sync(boolean dataOnly) throws ErrnoException {
        check(true); // and nothing to make durable
    }

    @Override
    public void setMode(int mode) throws ErrnoException {
        check(true);
        state.setMode(node, mode);
    }

    @Override
    public void close() {
        closed = true;
    }

    private void check(boolean allowed) throws ErrnoException {
        if (closed || !allowed || state.isClosed()) {
            throw new ErrnoException(Errno.EBADF);
        }
    }
}
