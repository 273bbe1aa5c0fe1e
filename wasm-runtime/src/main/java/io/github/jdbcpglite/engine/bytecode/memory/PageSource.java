package io.github.jdbcpglite.engine.bytecode.memory;

import io.github.jdbcpglite.engine.MemoryAccount;
import io.github.jdbcpglite.engine.budget.MemoryBudget;
import org.jspecify.annotations.Nullable;

/** Where the arrays of one linear memory's private pages come from. */
public final class PageSource implements MemoryAccount {
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

    @Override
    public boolean tryTake(int pages) {
        if (budget != null && !budget.tryTake(bytes(pages))) {
            return false;
        }
        count(pages);
        return true;
    }

    @Override
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
