package io.github.jdbcpglite.engine;

/**
 * Pages that memories show at addresses of their own, as a segment of shared memory that processes
 * map.
 *
 * <p>All memories that show them belong to one cluster; every method is for the holder of its lock.
 */
public interface SharedPages {
    /** Returns how many they are. */
    int count();

    /**
     * Puts the pages in place of a memory's own, for loads and stores; {@link LinearMemory#hide}
     * ends it.
     */
    void show(LinearMemory memory, int firstPage);
}
