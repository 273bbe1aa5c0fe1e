package io.github.jdbcpglite.wasm.fs;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * What a {@link MemoryFileSystem} and its handles share: the lock, what it guards, and the
 * operations on an inode once it is found.
 */
final class MemoryState {
    /** The bits of a mode that are kept. */
    static final int MODE_BITS = 07777;

    final LongSupplier clock;
    final SpaceQuota quota;
    final FileTree tree;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean closed;

    MemoryState(LongSupplier clock, SpaceQuota quota, FileTree tree) {
        this.clock = clock;
        this.quota = quota;
        this.tree = tree;
    }

    /** Takes the lock; {@link #leave} gives it back. Fails with EBADF once closed. */
    void enter() throws ErrnoException {
        lock.lock();
        if (closed) {
            lock.unlock();
            throw new ErrnoException(Errno.EBADF);
        }
    }

    void leave() {
        lock.unlock();
    }

    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    long now() {
        return clock.getAsLong();
    }

    FileStatus status(Inode inode) throws ErrnoException {
        enter();
        try {
            return inode.status();
        } finally {
            leave();
        }
    }

    void setMode(Inode inode, int mode) throws ErrnoException {
        enter();
        try {
            inode.mode = mode & MODE_BITS;
            inode.changeNanos = now();
        } finally {
            leave();
        }
    }

    int read(Inode.Regular file, long position, byte[] buffer, int offset, int length)
            throws ErrnoException {
        enter();
        try {
            return file.contents.read(position, buffer, offset, length);
        } finally {
            leave();
        }
    }

    int write(Inode.Regular file, long position, byte[] buffer, int offset, int length)
            throws ErrnoException {
        enter();
        try {
            int written = file.contents.write(position, buffer, offset, length, quota);
            file.contentsChanged(now());
            return written;
        } finally {
            leave();
        }
    }

    int append(Inode.Regular file, byte[] buffer, int offset, int length) throws ErrnoException {
        enter();
        try {
            return write(file, file.contents.size(), buffer, offset, length);
        } finally {
            leave();
        }
    }

    void truncate(Inode.Regular file, long size) throws ErrnoException {
        enter();
        try {
            file.contents.truncate(size, quota);
            file.contentsChanged(now());
        } finally {
            leave();
        }
    }

    /** Counts a handle closed; works on a closed file system too. */
    void handleClosed(Inode.Regular file) {
        lock.lock();
        try {
            file.openCount--;
            tree.releaseIfUnused(file);
        } finally {
            lock.unlock();
        }
    }
}
