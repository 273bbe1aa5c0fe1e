package io.github.jdbcpglite.engine.bytecode.memory;

import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.engine.SharedPages;

/** Pages whose arrays several memories show. */
public final class SharedArrays implements SharedPages {
    private final byte[][] pages;

    /**
     * Allocates pages of zeros, all at once, since nobody can be asked when one is first written.
     *
     * @param count 1 or more
     */
    public SharedArrays(int count) {
        pages = new byte[count][PagedLinearMemory.PAGE_SIZE];
    }

    @Override
    public int count() {
        return pages.length;
    }

    @Override
    public void show(LinearMemory memory, int firstPage) {
        for (int i = 0; i < pages.length; i++) {
            ((PagedLinearMemory) memory).aliasPage(firstPage + i, pages[i]);
        }
    }
}
