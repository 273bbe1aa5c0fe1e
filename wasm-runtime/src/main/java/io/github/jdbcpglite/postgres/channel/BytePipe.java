package io.github.jdbcpglite.postgres.channel;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Objects;

/**
 * Bytes flowing one way through a bounded ring, from one writer to one reader.
 *
 * <p>Each side may use the calls that block up to a deadline or those that never block, whose names
 * end in {@code Now}. One thread at a time may read and one at a time may write; either side may be
 * closed by any thread. The rules are numbered in the package documentation.
 */
public final class BytePipe {
    /** The capacity in bytes unless another is asked for. */
    public static final int DEFAULT_CAPACITY = 64 * 1024;

    /** A deadline that never comes. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    private static final int MAX_CAPACITY = 1 << 30;

    private final byte[] ring;
    private final int mask;
    private final WaitPoint reader = new WaitPoint(this::readable);
    private final WaitPoint writer = new WaitPoint(this::writableOrClosed);

    private volatile long written;
    private volatile long read;
    private volatile boolean writerClosed;
    private volatile boolean readerClosed;

    /** Makes an open pipe of {@link #DEFAULT_CAPACITY}. */
    public BytePipe() {
        this(DEFAULT_CAPACITY);
    }

    /**
     * Makes an open pipe.
     *
     * @param capacity in bytes, a power of two from 1 to 2^30
     */
    public BytePipe(int capacity) {
        if (Integer.bitCount(capacity) != 1 || capacity < 1 || capacity > MAX_CAPACITY) {
            throw new IllegalArgumentException(
                    "capacity must be a power of two from 1 to 2^30, not " + capacity);
        }
        ring = new byte[capacity];
        mask = capacity - 1;
    }

    /** Returns how many bytes fit at most. */
    public int capacity() {
        return ring.length;
    }

    /** Sets what runs when bytes or the end came after the reader was told there was nothing. */
    public void onReadable(Runnable listener) {
        reader.listener(Objects.requireNonNull(listener));
    }

    /** Sets what runs when room or the end came after the writer was told there was none. */
    public void onWritable(Runnable listener) {
        writer.listener(Objects.requireNonNull(listener));
    }

    // --- the reader's side ---

    /** Returns how many bytes {@link #readNow} would read; 0 also at the end. */
    public int available() {
        int count = readableBytes();
        if (count == 0 && !readerClosed) {
            reader.arm();
            count = readableBytes();
        }
        return count;
    }

    /** Returns whether no byte will come any more: the next read answers -1. */
    public boolean atEnd() {
        // Closed first and then the counts, by rule 7.
        return readerClosed || (writerClosed && written == read);
    }

    /**
     * Reads what is there.
     *
     * @return the number of bytes, 0 if there is nothing yet, -1 at the end
     */
    public int readNow(byte[] target, int offset, int length) {
        int count = take(target, offset, length);
        if (count == 0 && length > 0) {
            reader.arm();
            count = take(target, offset, length);
        }
        return count;
    }

    /**
     * Waits for at least one byte and reads what is there.
     *
     * @param deadlineNanos a value of {@link System#nanoTime}, or {@link #NO_DEADLINE}
     * @return the number of bytes, at least 1 unless {@code length} is 0, or -1 at the end
     * @throws SocketTimeoutException if the deadline came first
     */
    public int read(byte[] target, int offset, int length, long deadlineNanos)
            throws SocketTimeoutException {
        int count = take(target, offset, length);
        while (count == 0 && length > 0) {
            if (!reader.await(deadlineNanos)) {
                throw new SocketTimeoutException("Read timed out");
            }
            count = take(target, offset, length);
        }
        return count;
    }

    /** Ends the reader's side: unread bytes are dropped, and writing fails from now on. */
    public void closeReader() {
        readerClosed = true;
        writer.signal();
        reader.signal();
    }

    // --- the writer's side ---

    /** Returns whether the reader has closed, so that nothing written arrives any more. */
    public boolean readerGone() {
        return readerClosed;
    }

    /** Returns whether {@link #writeNow} would write at least one byte, or fail. */
    public boolean writable() {
        if (writableOrClosed()) {
            return true;
        }
        writer.arm();
        return writableOrClosed();
    }

    /**
     * Writes what there is room for.
     *
     * @return the number of bytes, 0 if there is no room yet, -1 if either side is closed
     */
    public int writeNow(byte[] source, int offset, int length) {
        int count = put(source, offset, length);
        if (count == 0 && length > 0) {
            writer.arm();
            count = put(source, offset, length);
        }
        return count;
    }

    /**
     * Writes all of a range, waiting for room where there is none.
     *
     * @param deadlineNanos a value of {@link System#nanoTime}, or {@link #NO_DEADLINE}
     * @throws SocketTimeoutException if the deadline came first; {@code bytesTransferred} tells how
     *     many bytes were written
     * @throws IOException if either side is closed
     */
    public void write(byte[] source, int offset, int length, long deadlineNanos)
            throws IOException {
        int done = 0;
        while (done < length) {
            int count = put(source, offset + done, length - done);
            if (count < 0) {
                throw new SocketException(
                        writerClosed ? "Socket closed" : "Broken pipe: the backend has ended");
            }
            done += count;
            if (count == 0 && !writer.await(deadlineNanos)) {
                SocketTimeoutException timeout = new SocketTimeoutException("Write timed out");
                timeout.bytesTransferred = done;
                throw timeout;
            }
        }
    }

    /**
     * Returns whether bytes are on their way to a reader that waits for them in {@link #read}. If
     * so, what {@link #onWritable} has set is called when it takes some.
     */
    boolean delivering() {
        if (!underWay()) {
            return false;
        }
        writer.arm();
        return underWay();
    }

    private boolean underWay() {
        return readableBytes() > 0 && reader.isParked();
    }

    /** Ends the writer's side: the reader reads what is in the ring and then the end. */
    public void closeWriter() {
        writerClosed = true;
        reader.signal();
        writer.signal();
    }

    /** Returns whether the writer has closed, though there may be bytes left to read. */
    boolean writerClosed() {
        return writerClosed;
    }

    /** Returns how many bytes were ever read. */
    long bytesRead() {
        return read;
    }

    /** Returns how many bytes were ever written. */
    long bytesWritten() {
        return written;
    }

    /** Ends both sides at once: bytes in the ring are dropped. */
    public void reset() {
        writerClosed = true;
        closeReader();
    }

    // --- the ring ---

    private boolean readable() {
        return readableBytes() > 0 || atEnd();
    }

    private int readableBytes() {
        return readerClosed ? 0 : (int) (written - read);
    }

    private boolean writableOrClosed() {
        return written - read < ring.length || readerClosed || writerClosed;
    }

    private int take(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        boolean ended = atEnd();
        long from = read;
        int count = (int) Math.min(length, written - from);
        if (ended || count == 0) {
            return ended ? -1 : 0;
        }
        int start = (int) from & mask;
        int first = Math.min(count, ring.length - start);
        System.arraycopy(ring, start, target, offset, first);
        System.arraycopy(ring, 0, target, offset + first, count - first);
        read = from + count;
        writer.signal();
        return count;
    }

    private int put(byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        if (readerClosed || writerClosed) {
            return -1;
        }
        long to = written;
        int count = (int) Math.min(length, ring.length - (to - read));
        if (count == 0) {
            return 0;
        }
        int start = (int) to & mask;
        int first = Math.min(count, ring.length - start);
        System.arraycopy(source, offset, ring, start, first);
        System.arraycopy(source, offset + first, ring, 0, count - first);
        written = to + count;
        reader.signal();
        return count;
    }
}
