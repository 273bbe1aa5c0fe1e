package io.github.jdbcpglite.engine.bytecode.memory;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

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

    /** Returns this image with zeros instead of the pages of a region. */
    public MemoryImage without(SharedRegion region) {
        byte[][] kept = pages.clone();
        for (int i = 0; i < kept.length; i++) {
            if (region.contains(i)) {
                kept[i] = PagedLinearMemory.ZERO_PAGE;
            }
        }
        return new MemoryImage(kept);
    }

    /** Writes the image, as {@link #read} reads it. */
    public void write(DataOutput out) throws IOException {
        Map<Integer, byte[]> written = new TreeMap<>();
        for (int i = 0; i < pages.length; i++) {
            if (pages[i] != PagedLinearMemory.ZERO_PAGE) {
                written.put(i, pages[i]);
            }
        }
        out.writeInt(pages.length);
        PageCodec.write(out, written);
    }

    /** Reads an image. */
    public static MemoryImage read(DataInput in) throws IOException {
        byte[][] pages = new byte[in.readInt()][];
        Arrays.fill(pages, PagedLinearMemory.ZERO_PAGE);
        for (Map.Entry<Integer, byte[]> page : PageCodec.read(in).entrySet()) {
            pages[page.getKey()] = page.getValue();
        }
        return new MemoryImage(pages);
    }

    void copyTo(byte[][] target) {
        System.arraycopy(pages, 0, target, 0, pages.length);
    }
}
