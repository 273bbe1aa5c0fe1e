package io.github.jdbcpglite.host.fs.layer;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileHandle;
import io.github.jdbcpglite.host.fs.FileSystem;
import io.github.jdbcpglite.host.fs.OpenFlags;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * A file system in which making one file durable makes many others durable first.
 *
 * <p>PostgreSQL's checkpointer keeps the list of files that wait for an fsync, for all processes;
 * here every process has a list of its own, which ends with it. So the files a checkpoint must make
 * durable are known here: those written since their last sync. The control file, whose sync
 * completes a checkpoint, is the barrier.
 *
 * <p>Safe for use by several threads as far as the file system behind it is.
 */
public final class BarrierFileSystem extends FilterFileSystem {
    private final String barrier;
    private final Predicate<String> counts;
    private final Set<String> unsynced = ConcurrentHashMap.newKeySet();

    /**
     * Makes the view.
     *
     * @param behind what holds the files; closed with this
     * @param barrier absolute clean path of the file whose sync waits for the others
     * @param counts whether a file, by its absolute clean path, has to be durable before it
     */
    public BarrierFileSystem(FileSystem behind, String barrier, Predicate<String> counts) {
        super(behind);
        this.barrier = barrier;
        this.counts = counts;
    }

    @Override
    public FileHandle open(String path, int flags, int mode) throws ErrnoException {
        FileHandle handle = inner.open(path, flags, mode);
        boolean isBarrier = path.equals(barrier);
        if (!isBarrier && (!OpenFlags.isWritable(flags) || !counts.test(path))) {
            return handle;
        }
        if ((flags & OpenFlags.TRUNCATE) != 0 && !isBarrier) {
            unsynced.add(path);
        }
        return new Handle(handle, path, isBarrier);
    }

    /** Makes durable whatever was written and not synced since. */
    private void syncAll() throws ErrnoException {
        for (String path : List.copyOf(unsynced)) {
            try (FileHandle handle = inner.open(path, OpenFlags.READ_WRITE, 0)) {
                syncOne(handle, path, true);
            } catch (ErrnoException e) {
                if (e.errno() != Errno.ENOENT) {
                    throw e;
                }
                unsynced.remove(path); // deleted since, with its directory
            }
        }
    }

    private void syncOne(FileHandle handle, String path, boolean dataOnly) throws ErrnoException {
        // Before the sync: what is written during it waits for the next one.
        boolean waited = unsynced.remove(path);
        try {
            handle.sync(dataOnly);
        } catch (ErrnoException e) {
            if (waited) {
                unsynced.add(path);
            }
            throw e;
        }
    }

    @Override
    public void unlink(String path) throws ErrnoException {
        inner.unlink(path);
        unsynced.remove(path);
    }

    @Override
    public void rename(String from, String to) throws ErrnoException {
        inner.rename(from, to);
        if (unsynced.remove(from) && counts.test(to)) {
            unsynced.add(to);
        }
    }

    /** A handle that notes writes and syncs. */
    private final class Handle extends FilterFileHandle {
        private final String path;
        private final boolean isBarrier;

        Handle(FileHandle handle, String path, boolean isBarrier) {
            super(handle);
            this.path = path;
            this.isBarrier = isBarrier;
        }

        private void written() {
            if (!isBarrier) {
                unsynced.add(path);
            }
        }

        @Override
        public int write(long position, byte[] buffer, int offset, int length)
                throws ErrnoException {
            written();
            return super.write(position, buffer, offset, length);
        }

        @Override
        public int append(byte[] buffer, int offset, int length) throws ErrnoException {
            written();
            return super.append(buffer, offset, length);
        }

        @Override
        public void truncate(long size) throws ErrnoException {
            written();
            super.truncate(size);
        }

        @Override
        public void sync(boolean dataOnly) throws ErrnoException {
            if (isBarrier) {
                syncAll();
                super.sync(dataOnly);
            } else {
                syncOne(inner, path, dataOnly);
            }
        }
    }
}
