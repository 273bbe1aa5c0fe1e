package io.github.jdbcpglite.wasm.sched;

/**
 * The server's end of a connection as a backend sees it: never blocking, with a callback when
 * something changed.
 */
public interface BackendChannel {
    /** Returns how many bytes can be read now. */
    int available();

    /** Returns whether the client has closed and everything it sent has been read. */
    boolean atEndOfInput();

    /**
     * Reads what is there.
     *
     * @return the number of bytes read, possibly 0
     */
    int read(byte[] target, int offset, int length);

    /** Returns whether at least one byte can be written, or writing would fail. */
    boolean writable();

    /**
     * Writes what there is room for.
     *
     * @return the number of bytes written, possibly 0, or -1 when the client is gone
     */
    int write(byte[] source, int offset, int length);

    /**
     * Sets what runs, on any thread, after bytes or room arrived or the client closed.
     *
     * @param listener must not block
     */
    void listener(Runnable listener);

    /** Closes the server's end; the client reads what was written and then the end. */
    void close();
}
