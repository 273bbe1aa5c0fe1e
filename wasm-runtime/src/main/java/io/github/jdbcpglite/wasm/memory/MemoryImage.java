package io.github.jdbcpglite.wasm.memory;

/**
 * The pages of a linear memory at one moment, from which others are restored copy-on-write.
 *
 * <p>Immutable and safe for use by several threads: nobody stores into these arrays any more.
 */
public final class MemoryImage {
    private final byte[][] pages;

    MemoryImage(byte[][] pages) {
        this.pages = pages;
    }

    /** Returns the size in wasm pages. */
    public int pageCount() {
        return pages.length;
    }

    void copyTo(byte[][] target) {
        System.arraycopy(pages, 0, target, 0, pages.length);
    }
}
