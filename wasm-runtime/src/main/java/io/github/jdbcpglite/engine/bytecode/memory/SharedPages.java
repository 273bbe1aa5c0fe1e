package io.github.jdbcpglite.engine.bytecode.memory;

/**
 * Wasm pages that memories show at addresses of their own, as a segment of shared memory that
 * processes map.
 *
 * <p>All memories that show them belong to one cluster; every method is for the holder of its giant
 * lock.
 */
public final class SharedPages {
    private final byte[][] pages;

    /**
     * Allocates pages of zeros, all at once, since nobody can be asked when one is first written.
     *
     * @param count 1 or more
     */
    public SharedPages(int count) {
        pages = new byte[count][PagedLinearMemory.PAGE_SIZE];
    }

    /** Returns how many they are. */
    public int count() {
        return pages.length;
    }

    /** Puts the pages in place of a memory's own, for loads and stores. */
    public void show(PagedLinearMemory memory, int firstPage) {
        for (int i = 0; i < pages.length; i++) {
            memory.aliasPage(firstPage + i, pages[i]);
        }
    }

    /** Makes what a memory showed pages of its own again, with zeros. */
    public static void hide(PagedLinearMemory memory, int firstPage, int count) {
        for (int i = 0; i < count; i++) {
            memory.aliasPage(firstPage + i, null);
        }
    }
}
