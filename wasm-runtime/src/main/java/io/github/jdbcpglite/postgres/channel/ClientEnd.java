package io.github.jdbcpglite.postgres.channel;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The client's end of a {@link DuplexChannel}, with the blocking calls a socket has.
 *
 * <p>Thread-safe. Readers take turns, and so do writers; a second one waits without regard to its
 * own deadline, as it would on a socket. Closing unblocks all of them.
 */
public final class ClientEnd {
    private final BytePipe in;
    private final BytePipe out;
    private final ReentrantLock reading = new ReentrantLock();
    private final ReentrantLock writing = new ReentrantLock();

    ClientEnd(BytePipe in, BytePipe out) {
        this.in = in;
        this.out = out;
    }

    /** Returns how many bytes can be read without waiting. */
    public int available() {
        return in.available();
    }

    /** Returns the capacity in bytes of each direction. */
    public int capacity() {
        return in.capacity();
    }

    /**
     * Waits for at least one byte and reads what is there.
     *
     * @param deadlineNanos a value of {@link System#nanoTime}, or {@link BytePipe#NO_DEADLINE}
     * @return the number of bytes, or -1 once the server or this end has closed
     * @throws java.net.SocketTimeoutException if the deadline came first
     */
    public int read(byte[] target, int offset, int length, long deadlineNanos) throws IOException {
        reading.lock();
        try {
            return in.read(target, offset, length, deadlineNanos);
        } finally {
            reading.unlock();
        }
    }

    /**
     * Writes all of a range, waiting for the server to make room.
     *
     * @param deadlineNanos a value of {@link System#nanoTime}, or {@link BytePipe#NO_DEADLINE}
     * @throws java.net.SocketTimeoutException if the deadline came first
     * @throws IOException if an end has closed
     */
    public void write(byte[] source, int offset, int length, long deadlineNanos)
            throws IOException {
        writing.lock();
        try {
            out.write(source, offset, length, deadlineNanos);
        } finally {
            writing.unlock();
        }
    }

    /** Returns whether the server has closed its end; what it sent before can still be read. */
    public boolean serverGone() {
        return out.readerGone();
    }

    /** Ends sending only: the server reads what was sent and then the end. */
    public void closeOutput() {
        out.closeWriter();
    }

    /** Ends receiving only: bytes not read yet are dropped. */
    public void closeInput() {
        in.closeReader();
    }

    /** Closes this end. The server reads what was sent and then the end, and can send no more. */
    public void close() {
        out.closeWriter();
        in.closeReader();
    }

    void reset() {
        out.reset();
        in.reset();
    }
}
