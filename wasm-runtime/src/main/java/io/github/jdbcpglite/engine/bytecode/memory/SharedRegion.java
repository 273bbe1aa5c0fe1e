package io.github.jdbcpglite.engine.bytecode.memory;

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
 * the {@link SharedImage} the region started from. That is safe because the memories of one cluster
 * are used by one thread at a time, the holder of the giant lock; every method here is for that
 * holder only.
 */
public final class SharedRegion {
    private final BitSet range;
    private final Map<Integer, byte[]> pages = new HashMap<>();
    private final List<PagedLinearMemory> members = new ArrayList<>();
    private @Nullable SharedImage base;

    /** Creates a region without pages. */
    public SharedRegion() {
        range = new BitSet();
    }

    /** Creates a region whose pages are those of an image, copied when first written. */
    public SharedRegion(SharedImage image) {
        range = (BitSet) image.range().clone();
        base = image;
    }

    /**
     * Adds a range of pages with the contents that the given memory has now.
     *
     * @param source the memory of the instance that created shared memory
     * @param firstPage index of the first wasm page
     * @param pageCount number of wasm pages
     */
    public void add(PagedLinearMemory source, int firstPage, int pageCount) {
        for (int page = firstPage; page < firstPage + pageCount; page++) {
            byte[] contents = source.pageOrNull(page);
            range.set(page);
            if (contents != null) {
                pages.put(page, contents);
            }
        }
    }

    /**
     * Takes an image of the pages and makes them copy-on-write here.
     *
     * @throws IllegalStateException if a memory has joined and not left
     */
    public SharedImage freeze() {
        if (!members.isEmpty()) {
            throw new IllegalStateException("the shared pages are in use");
        }
        Map<Integer, byte[]> all = new HashMap<>(pages);
        SharedImage before = base;
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
        SharedImage image = new SharedImage(range, all);
        base = image;
        pages.clear();
        return image;
    }

    /** Lets a memory see the region; it must be at least as large as the region's last page. */
    public void join(PagedLinearMemory memory) {
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

    /** Forgets a memory whose backend has ended. */
    public void leave(PagedLinearMemory memory) {
        members.remove(memory);
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

    /**
     * Replaces a number wherever it stands in the image the region started from, at addresses that
     * are multiples of its size; before any memory has joined.
     */
    public void replaceLong(long from, long to) {
        SharedImage image = base;
        if (image != null) {
            for (int address : image.find(from)) {
                byte[] page = allocate(address / PagedLinearMemory.PAGE_SIZE);
                SharedImage.LONG.set(page, address % PagedLinearMemory.PAGE_SIZE, to);
            }
        }
    }

    /**
     * Returns how many bytes stores may still allocate; any thread, which may get an old answer.
     */
    public long unallocatedBytes() {
        return (long) (range.cardinality() - pages.size()) * PagedLinearMemory.PAGE_SIZE;
    }

    /**
     * Returns how many bytes are allocated beyond those of the image the region started from; on
     * other threads than the lock's holder's, of a moment ago.
     */
    public long allocatedBytes() {
        return (long) pages.size() * PagedLinearMemory.PAGE_SIZE;
    }
}
