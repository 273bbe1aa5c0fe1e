package io.github.jdbcpglite.engine.bytecode.memory;

import io.github.jdbcpglite.engine.MemoryImage;
import io.github.jdbcpglite.engine.SharedMemory;
import io.github.jdbcpglite.engine.description.StoredPages;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The pages of a linear memory at one moment, from which others are restored copy-on-write.
 *
 * <p>Immutable and safe for use by several threads: nobody stores into these arrays any more.
 */
public final class PagedImage implements MemoryImage {
    private final byte[][] pages;

    PagedImage(byte[][] pages) {
        this.pages = pages;
    }

    @Override
    public int pageCount() {
        return pages.length;
    }

    @Override
    public PagedImage without(SharedMemory shared) {
        SharedRegion region = (SharedRegion) shared;
        byte[][] kept = pages.clone();
        for (int i = 0; i < kept.length; i++) {
            if (region.contains(i)) {
                kept[i] = PagedLinearMemory.ZERO_PAGE;
            }
        }
        return new PagedImage(kept);
    }

    @Override
    public void write(DataOutput out) throws IOException {
        Map<Integer, byte[]> written = new TreeMap<>();
        for (int i = 0; i < pages.length; i++) {
            if (pages[i] != PagedLinearMemory.ZERO_PAGE) {
                written.put(i, pages[i]);
            }
        }
        out.writeInt(pages.length);
        writePages(out, written);
    }

    /** Reads an image. */
    public static PagedImage read(DataInput in) throws IOException {
        byte[][] pages = new byte[in.readInt()][];
        Arrays.fill(pages, PagedLinearMemory.ZERO_PAGE);
        for (Map.Entry<Integer, byte[]> page : readPages(in).entrySet()) {
            pages[page.getKey()] = page.getValue();
        }
        return new PagedImage(pages);
    }

    /** Writes pages by their index. */
    static void writePages(DataOutput out, Map<Integer, byte[]> pages) throws IOException {
        BitSet indexes = new BitSet();
        pages.keySet().forEach(indexes::set);
        StoredPages.write(out, indexes, index -> Objects.requireNonNull(pages.get(index)));
    }

    /** Reads each page into its array, since the start of a JVM would pay for another copy. */
    static Map<Integer, byte[]> readPages(DataInput in) throws IOException {
        Map<Integer, byte[]> pages = new TreeMap<>();
        StoredPages.read(
                in,
                new StoredPages.Target() {
                    @Override
                    public byte[] array() {
                        return new byte[PagedLinearMemory.PAGE_SIZE];
                    }

                    @Override
                    public void take(int index, byte[] array, int length) {
                        pages.put(index, array);
                    }
                });
        return pages;
    }

    void copyTo(byte[][] target) {
        System.arraycopy(pages, 0, target, 0, pages.length);
    }
}
