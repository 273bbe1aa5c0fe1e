package io.github.jdbcpglite.engine;

/**
 * Where the memories of a cluster's processes get their pages from, and where those go that a
 * process leaves behind, for the next one. Safe for use by several threads.
 */
public interface MemoryPool {
    /** Returns the account of a new process, empty so far. */
    MemoryAccount newAccount();

    /** Keeps pages of processes that end, from now on, as far as the budget has room. */
    void keep();

    /** Lets go of every page that is kept, and keeps none until {@link #keep}. */
    void clear();

    /** Returns how many bytes are kept. */
    long keptBytes();
}
