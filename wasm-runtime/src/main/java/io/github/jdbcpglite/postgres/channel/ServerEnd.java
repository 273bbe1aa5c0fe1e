package io.github.jdbcpglite.postgres.channel;

/**
 * The server's end of a {@link DuplexChannel}: no call blocks, and a listener tells when asking
 * again is worth it.
 *
 * <p>The calls that read, write or ask belong to one thread at a time; {@link #close}, {@link
 * #reset} and the counts of bytes to any. The listener is called only after one of them answered
 * "nothing", or "delivering" (rule 5).
 */
public final class ServerEnd {
    private final BytePipe in;
    private final BytePipe out;

    ServerEnd(BytePipe in, BytePipe out) {
        this.in = in;
        this.out = out;
    }

    /** Returns how many bytes can be read now; 0 also at the end of input. */
    public int available() {
        return in.available();
    }

    /** Returns whether the client has closed and everything it sent has been read. */
    public boolean atEndOfInput() {
        return in.atEnd();
    }

    /** Returns whether the client has closed its end, though there may be bytes left to read. */
    public boolean clientClosed() {
        return in.writerClosed();
    }

    /**
     * Reads what is there.
     *
     * @return the number of bytes read, 0 if there is nothing, at the end of input too
     */
    public int read(byte[] target, int offset, int length) {
        return Math.max(0, in.readNow(target, offset, length));
    }

    /** Returns whether at least one byte can be written, or writing would fail. */
    public boolean writable() {
        return out.writable();
    }

    /**
     * Writes what there is room for.
     *
     * @return the number of bytes written, possibly 0, or -1 when the client is gone
     */
    public int write(byte[] source, int offset, int length) {
        return out.writeNow(source, offset, length);
    }

    /**
     * Returns whether the client waits in a read and has not yet taken what was written. If so, the
     * listener is told when it does.
     */
    public boolean delivering() {
        return out.delivering();
    }

    /**
     * Sets what runs, on the client's thread, after bytes or room arrived or the client closed.
     *
     * @param listener must not block and must not use the channel
     */
    public void listener(Runnable listener) {
        in.onReadable(listener);
        out.onWritable(listener);
    }

    /** Returns how many bytes of the client were ever read. */
    public long bytesReceived() {
        return in.bytesRead();
    }

    /** Returns how many bytes were ever written for the client. */
    public long bytesSent() {
        return out.bytesWritten();
    }

    /** Closes this end. The client reads what was written and then the end. */
    public void close() {
        out.closeWriter();
        in.closeReader();
    }

    /** Ends the channel at once: what the client has not read yet is dropped. */
    public void reset() {
        in.reset();
        out.reset();
    }
}
