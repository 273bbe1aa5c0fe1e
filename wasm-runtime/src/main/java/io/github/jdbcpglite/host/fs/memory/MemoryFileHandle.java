package io.github.jdbcpglite.host.fs.memory;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileHandle;
import io.github.jdbcpglite.host.fs.FileStatus;
import io.github.jdbcpglite.host.fs.OpenFlags;
import java.util.concurrent.atomic.AtomicBoolean;

/** An open file or directory of a {@link MemoryFileSystem}; all work is done under its lock. */
final class MemoryFileHandle implements FileHandle {
    private final MemoryState state;
    private final Inode inode;
    private final boolean readable;
    private final boolean writable;
    private final boolean essential;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Opens an inode.
     *
     * @param essential whether the cluster ends if the file gets no space
     */
    MemoryFileHandle(MemoryState state, Inode inode, int flags, boolean essential) {
        this.state = state;
        this.inode = inode;
        this.readable = OpenFlags.isReadable(flags);
        this.writable = OpenFlags.isWritable(flags);
        this.essential = essential;
    }

    @Override
    public FileStatus status() throws ErrnoException {
        checkOpen();
        return state.status(inode);
    }

    @Override
    public int read(long position, byte[] buffer, int offset, int length) throws ErrnoException {
        checkOpen();
        if (!readable) {
            throw new ErrnoException(Errno.EBADF);
        }
        if (!(inode instanceof Inode.Regular file)) {
            throw new ErrnoException(Errno.EISDIR);
        }
        return state.read(file, position, buffer, offset, length);
    }

    @Override
    public int write(long position, byte[] buffer, int offset, int length) throws ErrnoException {
        Inode.Regular file = writableFile(Errno.EBADF);
        if (position < 0) {
            throw new ErrnoException(Errno.EINVAL);
        }
        return state.write(file, position, buffer, offset, length, essential);
    }

    @Override
    public int append(byte[] buffer, int offset, int length) throws ErrnoException {
        return state.append(writableFile(Errno.EBADF), buffer, offset, length, essential);
    }

    @Override
    public long size() throws ErrnoException {
        return status().size();
    }

    @Override
    public void truncate(long size) throws ErrnoException {
        state.truncate(writableFile(Errno.EINVAL), size);
    }

    @Override
    public void allocate(long position, long length) throws ErrnoException {
        state.allocate(writableFile(Errno.EBADF), position, length, essential);
    }

    /** Does nothing: memory does not outlive the process, so nothing can be made durable. */
    @Override
    public void sync(boolean dataOnly) throws ErrnoException {
        checkOpen();
    }

    @Override
    public void setMode(int mode) throws ErrnoException {
        checkOpen();
        state.setMode(inode, mode);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true) && inode instanceof Inode.Regular file) {
            state.handleClosed(file);
        }
    }

    private Inode.Regular writableFile(Errno otherwise) throws ErrnoException {
        checkOpen();
        if (writable && inode instanceof Inode.Regular file) {
            return file;
        }
        throw new ErrnoException(otherwise);
    }

    private void checkOpen() throws ErrnoException {
        if (closed.get() || state.isClosed()) {
            throw new ErrnoException(Errno.EBADF);
        }
    }
}
