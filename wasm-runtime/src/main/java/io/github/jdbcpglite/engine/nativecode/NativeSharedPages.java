package io.github.jdbcpglite.engine.nativecode;

import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.engine.SharedPages;

/**
 * Pages of a file that memories show.
 *
 * @param file the pages
 */
record NativeSharedPages(PageFile file) implements SharedPages {
    @Override
    public int count() {
        return file.pageCount();
    }

    @Override
    public void show(LinearMemory memory, int firstPage) {
        ((NativeMemory) memory).showShared(firstPage, file.pageCount(), file, 0);
    }
}
