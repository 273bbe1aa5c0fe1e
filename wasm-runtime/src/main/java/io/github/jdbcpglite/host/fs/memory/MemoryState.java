package io.github.jdbcpglite.host.fs.memory;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileStatus;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * What a {@link MemoryFileSystem} and its handles share: the lock, what it guards, and the
 * operations on an inode once it is found.
 */
final class MemoryState {
    /** The bits of a mode that are kept. */
    static final int MODE_BITS = 07777;

    final LongSupplier clock;

    /** Which paths the cluster cannot do without. */
    final Predicate<String> essential;

    final SpaceQuota quota;
    final FileTree tree;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean closed;

    MemoryState(LongSupplier clock, Predicate<String> essential, SpaceQuota quota, FileTree tree) {
        this.clock = clock;
        this.essential = essential;
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
        lock.lock();
        try {
            closed = true;
            quota.close();
        } finally {
            lock.unlock();
        }
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
        } catch (OutOfMemoryError e) {
            throw refused(Errno.ENOMEM, e);
        } finally {
            leave();
        }
    }

    int write(
            Inode.Regular file,
            long position,
            byte[] buffer,
            int offset,
            int length,
            boolean essential)
            throws ErrnoException {
        enter();
        try {
            Space space = new Space(quota, essential);
            int written = file.contents.write(position, buffer, offset, length, space);
            file.contentsChanged(now());
            return written;
        } catch (OutOfMemoryError e) {
            throw refused(Errno.ENOSPC, e);
        } finally {
            leave();
        }
    }

    void allocate(Inode.Regular file, long position, long length, boolean essential)
            throws ErrnoException {
        enter();
        try {
            file.contents.allocate(position, length, new Space(quota, essential));
            file.contentsChanged(now());
        } catch (OutOfMemoryError e) {
            throw refused(Errno.ENOSPC, e);
        } finally {
            leave();
        }
    }

    /** Others than files have used up what was kept back; the guest can be told of it here. */
    private static ErrnoException refused(Errno errno, OutOfMemoryError e) {
        ErrnoException refused = new ErrnoException(errno);
        refused.initCause(e);
        return refused;
    }

    int append(Inode.Regular file, byte[] buffer, int offset, int length, boolean essential)
            throws ErrnoException {
        enter();
        try {
            return write(file, file.contents.size(), buffer, offset, length, essential);
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
