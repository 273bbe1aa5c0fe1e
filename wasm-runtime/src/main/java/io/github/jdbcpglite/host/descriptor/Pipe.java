package io.github.jdbcpglite.host.descriptor;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileHandle;
import io.github.jdbcpglite.host.fs.FileStatus;
import io.github.jdbcpglite.host.fs.FileType;

/**
 * A pipe, as {@code pipe(2)}: bytes written to one end come out of the other.
 *
 * <p>Ends never wait: an empty pipe answers EAGAIN to a read while the writing end is open and 0
 * afterwards, a full one answers EAGAIN to a write, and EPIPE once the reading end is closed. Who
 * has to wait does so above, told by the listener. Writes of at most {@link #ATOMIC_BYTES} happen
 * whole or not at all. Safe for use by several threads.
 */
public final class Pipe {
    /** Largest write that is never torn, as {@code PIPE_BUF}. */
    public static final int ATOMIC_BYTES = 4096;

    /** Bytes a pipe holds unless told otherwise, as on Linux. */
    public static final int DEFAULT_CAPACITY = 65536;

    private final byte[] ring;
    private final Runnable listener;
    private final FileHandle readEnd = new End(true);
    private final FileHandle writeEnd = new End(false);

    // All guarded by this.
    private int start;
    private int count;
    private boolean readClosed;
    private boolean writeClosed;

    /** Creates a pipe of {@link #DEFAULT_CAPACITY} that tells nobody. */
    public Pipe() {
        this(DEFAULT_CAPACITY, () -> {});
    }

    /**
     * Creates a pipe.
     *
     * @param capacity bytes it holds, at least {@link #ATOMIC_BYTES}
     * @param listener run after each change that can end a wait: bytes added or taken, an end
     *     closed; called by the thread that made the change, without the pipe's lock
     */
    public Pipe(int capacity, Runnable listener) {
        if (capacity < ATOMIC_BYTES) {
            throw new IllegalArgumentException(
                    "A pipe holds at least " + ATOMIC_BYTES + " bytes: " + capacity);
        }
        this.ring = new byte[capacity];
        this.listener = listener;
    }

    /** Returns the reading end. */
    public FileHandle readEnd() {
        return readEnd;
    }

    /** Returns the writing end. */
    public FileHandle writeEnd() {
        return writeEnd;
    }

    /** Returns the bytes that can be read now. */
    public synchronized int available() {
        return count;
    }

    /** Returns whether a read would not answer EAGAIN: bytes are there, or no writer is. */
    public synchronized boolean isReadable() {
        return count > 0 || writeClosed;
    }

    /** Returns whether a small write would not answer EAGAIN: there is room, or no reader is. */
    public synchronized boolean isWritable() {
        return ring.length - count >= ATOMIC_BYTES || readClosed;
    }

    private synchronized int take(byte[] buffer, int offset, int length) throws ErrnoException {
        if (readClosed) {
            throw new ErrnoException(Errno.EBADF);
        }
        if (length == 0) {
            return 0;
        }
        if (count == 0) {
            if (writeClosed) {
                return 0;
            }
            throw new ErrnoException(Errno.EAGAIN);
        }
        int taken = Math.min(length, count);
        int first = Math.min(taken, ring.length - start);
        System.arraycopy(ring, start, buffer, offset, first);
        System.arraycopy(ring, 0, buffer, offset + first, taken - first);
        start = (start + taken) % ring.length;
        count -= taken;
        return taken;
    }

    private synchronized int put(byte[] buffer, int offset, int length) throws ErrnoException {
        if (writeClosed) {
            throw new ErrnoException(Errno.EBADF);
        }
        if (length == 0) {
            return 0;
        }
        if (readClosed) {
            throw new ErrnoException(Errno.EPIPE);
        }
        int room = ring.length - count;
        if (room == 0 || (length <= ATOMIC_BYTES && room < length)) {
            throw new ErrnoException(Errno.EAGAIN);
        }
        int added = Math.min(length, room);
        int at = (start + count) % ring.length;
        int first = Math.min(added, ring.length - at);
        System.arraycopy(buffer, offset, ring, at, first);
        System.arraycopy(buffer, offset + first, ring, 0, added - first);
        count += added;
        return added;
    }

    private synchronized boolean closeEnd(boolean reading) {
        boolean changed = reading ? !readClosed : !writeClosed;
        if (reading) {
            readClosed = true;
        } else {
            writeClosed = true;
        }
        return changed;
    }

    private synchronized boolean isClosed(boolean reading) {
        return reading ? readClosed : writeClosed;
    }

    /** One end as a handle; positions mean nothing. */
    private final class End implements FileHandle {
        private static final int MODE = 0600;

        private final boolean reading;

        End(boolean reading) {
            this.reading = reading;
        }

        @Override
        public FileStatus status() throws ErrnoException {
            checkOpen();
            return new FileStatus(
                    System.identityHashCode(Pipe.this), FileType.FIFO, MODE, 1, 0, 0, 0, 0);
        }

        @Override
        public int read(long position, byte[] buffer, int offset, int length)
                throws ErrnoException {
            if (!reading) {
                throw new ErrnoException(Errno.EBADF);
            }
            int taken = take(buffer, offset, length);
            if (taken > 0) {
                listener.run();
            }
            return taken;
        }

        @Override
        public int write(long position, byte[] buffer, int offset, int length)
                throws ErrnoException {
            if (reading) {
                throw new ErrnoException(Errno.EBADF);
            }
            int added = put(buffer, offset, length);
            if (added > 0) {
                listener.run();
            }
            return added;
        }

        @Override
        public int append(byte[] buffer, int offset, int length) throws ErrnoException {
            return write(0, buffer, offset, length);
        }

        @Override
        public long size() throws ErrnoException {
            checkOpen();
            return 0;
        }

        @Override
        public void truncate(long size) throws ErrnoException {
            checkOpen();
            throw new ErrnoException(Errno.EINVAL);
        }

        @Override
        public void sync(boolean dataOnly) throws ErrnoException {
            checkOpen();
            throw new ErrnoException(Errno.EINVAL);
        }

        @Override
        public void setMode(int mode) throws ErrnoException {
            checkOpen(); // nothing can open a pipe by name, so its mode is never looked at
        }

        @Override
        public boolean isStream() {
            return true;
        }

        @Override
        public void close() {
            if (closeEnd(reading)) {
                listener.run();
            }
        }

        private void checkOpen() throws ErrnoException {
            if (isClosed(reading)) {
                throw new ErrnoException(Errno.EBADF);
            }
        }
    }
}
