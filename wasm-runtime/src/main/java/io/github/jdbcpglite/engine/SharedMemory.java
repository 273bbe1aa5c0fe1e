package io.github.jdbcpglite.engine;

/**
 * The pages that all processes of a cluster share: PostgreSQL's shared memory. A memory that has
 * joined has them at the same addresses as every other; a store of one is seen by all.
 *
 * <p>Every method is for the holder of the cluster's lock, except for the numbers of bytes, which
 * any thread may ask for and which are of a moment ago then.
 */
public interface SharedMemory {
    /**
     * Adds a range of pages with the contents that the given memory has now.
     *
     * @param source the memory of the process that created shared memory
     * @param firstPage index of the first page
     * @param pageCount number of pages
     */
    void add(LinearMemory source, int firstPage, int pageCount);

    /** Lets a memory see the pages; it must be at least as large as the last of them. */
    void join(LinearMemory memory);

    /** Forgets a memory whose process has ended. */
    void leave(LinearMemory memory);

    /**
     * Takes an image of the pages and makes them copy-on-write here.
     *
     * @throws IllegalStateException if a memory has joined and not left
     */
    SharedImage freeze();

    /**
     * Replaces a number wherever it stands in the image that this started from, at addresses that
     * are multiples of its size; before any memory has joined.
     */
    void replaceLong(long from, long to);

    /** Returns how many bytes stores may still allocate. */
    long unallocatedBytes();

    /** Returns how many bytes are allocated beyond those of the image that this started from. */
    long allocatedBytes();

    /**
     * Gives the pages back as far as no memory sees them any more; none may join after this. An
     * image that was taken stays. Idempotent.
     */
    void close();
}
