package io.github.jdbcpglite.engine.bytecode.memory;

import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.engine.SharedMemory;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The wasm pages that all backends of a cluster share: PostgreSQL's shared memory.
 *
 * <p>A page nobody has written yet is not allocated. The first store of any backend allocates it
 * and enters the array into every memory that joined; so it is with a page that still is that of
 * the {@link SharedRegionImage} the region started from. That is safe because the memories of one
 * cluster are used by one thread at a time, the holder of the giant lock; every method here is for
 * that holder only.
 */
public final class SharedRegion implements SharedMemory {
    private final BitSet range;
    private final Map<Integer, byte[]> pages = new HashMap<>();
    private final List<PagedLinearMemory> members = new ArrayList<>();
    private @Nullable SharedRegionImage base;

    /** Creates a region without pages. */
    public SharedRegion() {
        range = new BitSet();
    }

    /** Creates a region whose pages are those of an image, copied when first written. */
    public SharedRegion(SharedRegionImage image) {
        range = (BitSet) image.range().clone();
        base = image;
    }

    @Override
    public void add(LinearMemory source, int firstPage, int pageCount) {
        for (int page = firstPage; page < firstPage + pageCount; page++) {
            byte[] contents = ((PagedLinearMemory) source).pageOrNull(page);
            range.set(page);
            if (contents != null) {
                pages.put(page, contents);
            }
        }
    }

    @Override
    public SharedRegionImage freeze() {
        if (!members.isEmpty()) {
            throw new IllegalStateException("the shared pages are in use");
        }
        Map<Integer, byte[]> all = new HashMap<>(pages);
        SharedRegionImage before = base;
        if (before != null) {
            range.stream()
                    .forEach(
                            page -> {
                                byte[] contents = before.page(page);
                                if (contents != null) {
                                    all.putIfAbsent(page, contents);
                                }
                            });
        }
        SharedRegionImage image = new SharedRegionImage(range, all);
        base = image;
        pages.clear();
        return image;
    }

    @Override
    public void join(LinearMemory joining) {
        PagedLinearMemory memory = (PagedLinearMemory) joining;
        for (int page = range.nextSetBit(0); page >= 0; page = range.nextSetBit(page + 1)) {
            byte[] own = pages.get(page);
            byte[] shared = own == null && base != null ? base.page(page) : null;
            if (shared == null) {
                memory.aliasPage(page, own);
            } else {
                memory.showPage(page, shared);
            }
        }
        memory.join(this);
        members.add(memory);
    }

    @Override
    public void leave(LinearMemory memory) {
        members.remove((PagedLinearMemory) memory);
    }

    /** Returns whether a page belongs to the region. */
    boolean contains(int page) {
        return range.get(page);
    }

    /** Returns the bytes of a memory's own pages, those of its region left out. */
    static long privateBytes(byte[] @Nullable [] writePages, @Nullable SharedRegion region) {
        long bytes = 0;
        for (int page = 0; page < writePages.length; page++) {
            if (writePages[page] != null && (region == null || !region.contains(page))) {
                bytes += PagedLinearMemory.PAGE_SIZE;
            }
        }
        return bytes;
    }

    /** Allocates a page for the first store into it, in all memories. */
    byte[] allocate(int page) {
        byte[] contents = pages.computeIfAbsent(page, this::newPage);
        for (PagedLinearMemory member : members) {
            member.aliasPage(page, contents);
        }
        return contents;
    }

    private byte[] newPage(int page) {
        byte[] shared = base == null ? null : base.page(page);
        return shared == null ? new byte[PagedLinearMemory.PAGE_SIZE] : shared.clone();
    }

    @Override
    public void replaceLong(long from, long to) {
        SharedRegionImage image = base;
        if (image != null) {
            for (int address : image.find(from)) {
                byte[] page = allocate(address / PagedLinearMemory.PAGE_SIZE);
                SharedRegionImage.LONG.set(page, address % PagedLinearMemory.PAGE_SIZE, to);
            }
        }
    }

    @Override
    public long unallocatedBytes() {
        return (long) (range.cardinality() - pages.size()) * PagedLinearMemory.PAGE_SIZE;
    }

    @Override
    public long allocatedBytes() {
        return (long) pages.size() * PagedLinearMemory.PAGE_SIZE;
    }

    @Override
    public void close() {
        // Arrays go with those that refer to them.
    }
}
