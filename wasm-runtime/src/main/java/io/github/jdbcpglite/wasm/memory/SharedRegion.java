package io.github.jdbcpglite.wasm.memory;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The wasm pages that all backends of a cluster share: PostgreSQL's shared memory.
 *
 * <p>A page nobody has written yet is not allocated. The first store of any backend allocates it
 * and enters the array into every memory that joined. That is safe because the memories of one
 * cluster are used by one thread at a time, the holder of the giant lock; every method here is for
 * that holder only.
 */
public final class SharedRegion {
    private final BitSet shared = new BitSet();
    private final Map<Integer, byte[]> pages = new HashMap<>();
    private final List<PagedLinearMemory> members = new ArrayList<>();

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
            shared.set(page);
            if (contents != null) {
                pages.put(page, contents);
            }
        }
    }

    /** Lets a memory see the region; it must be at least as large as the region's last page. */
    public void join(PagedLinearMemory memory) {
        for (int page = shared.nextSetBit(0); page >= 0; page = shared.nextSetBit(page + 1)) {
            memory.aliasPage(page, pages.get(page));
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
        return shared.get(page);
    }

    /** Allocates a page for the first store into it, in all memories. */
    byte[] allocate(int page) {
        byte[] contents = pages.computeIfAbsent(page, p -> new byte[PagedLinearMemory.PAGE_SIZE]);
        for (PagedLinearMemory member : members) {
            member.aliasPage(page, contents);
        }
        return contents;
    }

    /** Returns how many bytes are allocated. */
    public long allocatedBytes() {
        return (long) pages.size() * PagedLinearMemory.PAGE_SIZE;
    }
}
