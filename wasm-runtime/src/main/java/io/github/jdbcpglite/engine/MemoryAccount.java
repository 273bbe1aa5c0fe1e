package io.github.jdbcpglite.engine;

/**
 * What one linear memory may take: pages are promised in advance, and are allocated when they are
 * first written, which then cannot fail.
 *
 * <p>Not safe for use by several threads: used by the memory's thread, and by the one that makes it
 * before that.
 */
public interface MemoryAccount extends AutoCloseable {
    /**
     * Pages that a process is promised when it starts: it writes about as many of those that it
     * shares with others before its first statement.
     */
    int START_PAGES = 32;

    /** Takes pages to be written later, or takes none and returns false. */
    boolean tryTake(int pages);

    /** Takes pages whatever the limit says. */
    void take(int pages);

    /** Gives everything back; the memory is used no more. Idempotent. */
    @Override
    void close();
}
