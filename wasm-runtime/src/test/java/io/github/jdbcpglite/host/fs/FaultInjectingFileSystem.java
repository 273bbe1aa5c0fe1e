package io.github.jdbcpglite.host.fs;

import io.github.jdbcpglite.host.fs.layer.FilterFileHandle;
import io.github.jdbcpglite.host.fs.layer.FilterFileSystem;
import java.util.ArrayList;
import java.util.List;

/**
 * Fails chosen operations of another file system, to see what a caller makes of it. Operations on a
 * handle match by the path it was opened by. Safe for use by several threads.
 */
public final class FaultInjectingFileSystem extends FilterFileSystem {
    private final List<Fault> faults = new ArrayList<>();

    /** What can fail. */
    public enum Operation {
        /** {@code open}. */
        OPEN,
        /** {@code stat}, of a path or a handle. */
        STAT,
        /** {@code list}. */
        LIST,
        /** {@code makeDirectory}. */
        MAKE_DIRECTORY,
        /** {@code removeDirectory}. */
        REMOVE_DIRECTORY,
        /** {@code unlink}. */
        UNLINK,
        /** {@code rename}, matched by the old path. */
        RENAME,
        /** {@code read}. */
        READ,
        /** {@code write} and {@code append}. */
        WRITE,
        /** {@code truncate}. */
        TRUNCATE,
        /** {@code sync}. */
        SYNC,
        /** {@code close} of a handle; the handle is closed all the same. */
        CLOSE
    }

    /** One planned fault; {@code shortened} bytes are written if it is not negative. */
    private static final class Fault {
        private final Operation operation;
        private final String prefix;
        private final Errno errno;
        private final int shortened;
        private int remaining;

        Fault(Operation operation, String prefix, int nth, Errno errno, int shortened) {
            this.operation = operation;
            this.prefix = prefix;
            this.errno = errno;
            this.shortened = shortened;
            this.remaining = nth;
        }

        boolean strikes(Operation candidate, String path) {
            return candidate == operation && path.startsWith(prefix) && --remaining == 0;
        }
    }

    /** Wraps a file system that works until {@link #fail} or {@link #shorten} is called. */
    public FaultInjectingFileSystem(FileSystem inner) {
        super(inner);
    }

    /**
     * Fails one operation to come, once.
     *
     * @param prefix what its path starts with
     * @param nth which of the matching operations from now on, the first being 1
     */
    public synchronized void fail(Operation operation, String prefix, int nth, Errno errno) {
        faults.add(new Fault(operation, prefix, nth, errno, -1));
    }

    /**
     * Shortens one write to come, once.
     *
     * @param bytes at most how many are written, at least 1
     */
    public synchronized void shorten(String prefix, int nth, int bytes) {
        faults.add(new Fault(Operation.WRITE, prefix, nth, Errno.EIO, bytes));
    }

    /** Returns how many planned faults have not happened. */
    public synchronized int pending() {
        return (int) faults.stream().filter(fault -> fault.remaining > 0).count();
    }

    private synchronized void check(Operation operation, String path) throws ErrnoException {
        allowed(operation, path, 0);
    }

    /** Returns how many bytes may pass. */
    private synchronized int allowed(Operation operation, String path, int length)
            throws ErrnoException {
        int allowed = length;
        Errno failure = null;
        for (Fault fault : faults) {
            if (fault.strikes(operation, path)) {
                if (fault.shortened < 0) {
                    failure = fault.errno;
                } else {
                    allowed = Math.min(allowed, fault.shortened);
                }
            }
        }
        if (failure != null) {
            throw new ErrnoException(failure);
        }
        return allowed;
    }

    @Override
    public FileHandle open(String path, int flags, int mode) throws ErrnoException {
        check(Operation.OPEN, path);
        return new FaultyHandle(super.open(path, flags, mode), path);
    }

    @Override
    public FileStatus stat(String path, boolean followLinks) throws ErrnoException {
        check(Operation.STAT, path);
        return super.stat(path, followLinks);
    }

    @Override
    public List<DirectoryEntry> list(String path) throws ErrnoException {
        check(Operation.LIST, path);
        return super.list(path);
    }

    @Override
    public void makeDirectory(String path, int mode) throws ErrnoException {
        check(Operation.MAKE_DIRECTORY, path);
        super.makeDirectory(path, mode);
    }

    @Override
    public void removeDirectory(String path) throws ErrnoException {
        check(Operation.REMOVE_DIRECTORY, path);
        super.removeDirectory(path);
    }

    @Override
    public void unlink(String path) throws ErrnoException {
        check(Operation.UNLINK, path);
        super.unlink(path);
    }

    @Override
    public void rename(String from, String to) throws ErrnoException {
        check(Operation.RENAME, from);
        super.rename(from, to);
    }

    private final class FaultyHandle extends FilterFileHandle {
        private final String path;

        FaultyHandle(FileHandle inner, String path) {
            super(inner);
            this.path = path;
        }

        @Override
        public FileStatus status() throws ErrnoException {
            check(Operation.STAT, path);
            return super.status();
        }

        @Override
        public int read(long position, byte[] buffer, int offset, int length)
                throws ErrnoException {
            check(Operation.READ, path);
            return super.read(position, buffer, offset, length);
        }

        @Override
        public int write(long position, byte[] buffer, int offset, int length)
                throws ErrnoException {
            int count = allowed(Operation.WRITE, path, length);
            return super.write(position, buffer, offset, count);
        }

        @Override
        public int append(byte[] buffer, int offset, int length) throws ErrnoException {
            return super.append(buffer, offset, allowed(Operation.WRITE, path, length));
        }

        @Override
        public void truncate(long size) throws ErrnoException {
            check(Operation.TRUNCATE, path);
            super.truncate(size);
        }

        @Override
        public void sync(boolean dataOnly) throws ErrnoException {
            check(Operation.SYNC, path);
            super.sync(dataOnly);
        }

        @Override
        public void close() throws ErrnoException {
            super.close();
            check(Operation.CLOSE, path);
        }
    }
}
