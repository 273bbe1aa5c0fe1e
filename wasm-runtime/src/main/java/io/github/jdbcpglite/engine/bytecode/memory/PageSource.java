package io.github.jdbcpglite.engine.bytecode.memory;

import io.github.jdbcpglite.engine.budget.MemoryBudget;
import org.jspecify.annotations.Nullable;

/**
 * Where the private pages of one linear memory come from. Address space is asked for in advance;
 * pages of it are allocated when they are first written, which then cannot fail.
 *
 * <p>Not safe for use by several threads: used by the memory's thread, and by the one that makes it
 * before that.
 */
public final class PageSource implements AutoCloseable {
    /**
     * Wasm pages that a process is promised when it starts: it writes about as many of those that
     * it shares with others before its first statement.
     */
    public static final int START_PAGES = 32;

    private final @Nullable MemoryBudget budget;
    private final @Nullable RecycledPages recycled;
    private int taken;
    private int unallocated;

    private PageSource(@Nullable MemoryBudget budget, @Nullable RecycledPages recycled) {
        this.budget = budget;
        this.recycled = recycled;
    }

    /** Returns a source that takes pages from a budget until it is closed. */
    public static PageSource of(MemoryBudget budget) {
        return new PageSource(budget, null);
    }

    /**
     * Returns a source that takes pages from a budget until it is closed.
     *
     * @param recycled where arrays come from, and go to, if there is room
     */
    public static PageSource of(MemoryBudget budget, RecycledPages recycled) {
        return new PageSource(budget, recycled);
    }

    /** Returns a source without any account, for memory that lives no longer than its caller. */
    public static PageSource unaccounted() {
        return new PageSource(null, null);
    }

    /** Takes pages to be written later, or takes none and returns false. */
    public boolean tryTake(int pages) {
        if (budget != null && !budget.tryTake(bytes(pages))) {
            return false;
        }
        count(pages);
        return true;
    }

    /** Takes pages whatever the limit says. */
    public void take(int pages) {
        if (budget != null) {
            budget.take(bytes(pages));
        }
        count(pages);
    }

    /** Returns whether pages could be taken without collecting garbage. */
    public boolean has(int pages) {
        return budget == null || budget.has(bytes(pages));
    }

    private void count(int pages) {
        taken += pages;
        unallocated += pages;
    }

    /** Allocates a page for its first store, with the contents that it has so far. */
    byte[] allocate(byte[] contents) {
        byte[] page = recycled == null ? null : recycled.poll();
        if (page != null) {
            // Whole, so that nothing is left of what another process had there.
            System.arraycopy(contents, 0, page, 0, PagedLinearMemory.PAGE_SIZE);
        } else if (contents == PagedLinearMemory.ZERO_PAGE) {
            page = new byte[PagedLinearMemory.PAGE_SIZE];
        } else {
            page = contents.clone();
        }
        if (budget != null && unallocated > 0) {
            unallocated--;
            budget.allocated(PagedLinearMemory.PAGE_SIZE);
        }
        return page;
    }

    /** Takes over the array of a page that its memory shows no more. */
    void recycle(byte[] page) {
        if (recycled != null) {
            recycled.offer(page);
        }
    }

    /** Gives everything back; the memory is used no more. Idempotent. */
    @Override
    public void close() {
        if (budget != null) {
            budget.giveBack(bytes(taken), bytes(unallocated));
        }
        taken = 0;
        unallocated = 0;
    }

    private static long bytes(int pages) {
        return (long) pages * PagedLinearMemory.PAGE_SIZE;
    }
}
