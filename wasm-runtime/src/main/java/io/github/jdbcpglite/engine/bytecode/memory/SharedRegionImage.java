package io.github.jdbcpglite.engine.bytecode.memory;

import io.github.jdbcpglite.engine.SharedImage;
import io.github.jdbcpglite.engine.description.SharedImageHead;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The shared pages of a cluster at one moment, from which others start copy-on-write.
 *
 * <p>Immutable and safe for use by several threads: nobody stores into these arrays any more.
 */
public final class SharedRegionImage implements SharedImage {
    static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final BitSet range;
    private final Map<Integer, byte[]> pages;
    private @Nullable List<Integer> found;
    private long foundValue;

    SharedRegionImage(BitSet range, Map<Integer, byte[]> pages) {
        this.range = (BitSet) range.clone();
        this.pages = new TreeMap<>(pages);
    }

    BitSet range() {
        return range;
    }

    /** Returns a page's contents, or {@code null} if it was never written. */
    byte @Nullable [] page(int index) {
        return pages.get(index);
    }

    /** Finds the addresses, multiples of its size, at which a number stands; remembers the last. */
    synchronized List<Integer> find(long value) {
        if (found == null || value != foundValue) {
            List<Integer> addresses = new ArrayList<>();
            for (Map.Entry<Integer, byte[]> entry : pages.entrySet()) {
                byte[] page = entry.getValue();
                for (int at = 0; at < page.length; at += Long.BYTES) {
                    if ((long) LONG.get(page, at) == value) {
                        addresses.add(entry.getKey() * PagedLinearMemory.PAGE_SIZE + at);
                    }
                }
            }
            foundValue = value;
            found = List.copyOf(addresses);
        }
        return found;
    }

    @Override
    public SharedRegion share() {
        return new SharedRegion(this);
    }

    @Override
    public void write(DataOutput out, long sought) throws IOException {
        new SharedImageHead(sought, find(sought), range).write(out);
        PagedImage.writePages(out, pages);
    }

    /** Reads an image. */
    public static SharedRegionImage read(DataInput in) throws IOException {
        SharedImageHead head = SharedImageHead.read(in);
        SharedRegionImage image = new SharedRegionImage(head.range(), PagedImage.readPages(in));
        image.found = head.addresses();
        image.foundValue = head.sought();
        return image;
    }
}
