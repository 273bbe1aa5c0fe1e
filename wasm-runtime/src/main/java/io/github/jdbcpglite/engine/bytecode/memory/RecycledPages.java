package io.github.jdbcpglite.engine.bytecode.memory;

import io.github.jdbcpglite.engine.MemoryPool;
import io.github.jdbcpglite.engine.budget.MemoryBudget;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Arrays of pages whose process has ended, kept for those that start next. Whoever takes one
 * overwrites it whole before a guest sees it.
 *
 * <p>What is kept counts as taken from the cluster's budget. Nothing is kept when memory is short.
 *
 * <p>Safe for use by several threads.
 */
public final class RecycledPages implements MemoryPool {
    private final MemoryBudget budget;
    private final int limit;
    private final long marginBytes;
    private final Deque<byte[]> pages = new ArrayDeque<>();
    private boolean keeps;

    /**
     * Makes a store that keeps nothing yet.
     *
     * @param limit the most that it keeps, in wasm pages
     * @param marginBytes what the budget must have left for others when a page is kept
     */
    public RecycledPages(MemoryBudget budget, int limit, long marginBytes) {
        this.budget = budget;
        this.limit = limit;
        this.marginBytes = marginBytes;
    }

    @Override
    public synchronized void keep() {
        keeps = true;
    }

    @Override
    public synchronized void clear() {
        keeps = false;
        budget.giveBack((long) pages.size() * PagedLinearMemory.PAGE_SIZE, 0);
        pages.clear();
    }

    /** Takes over an array that nobody else uses any more, or drops it. */
    synchronized void offer(byte[] page) {
        if (keeps && pages.size() < limit && budget.has(marginBytes)) {
            budget.take(PagedLinearMemory.PAGE_SIZE);
            budget.allocated(PagedLinearMemory.PAGE_SIZE);
            pages.push(page);
        }
    }

    /** Gives an array with old contents, or {@code null} if there is none. */
    synchronized byte @Nullable [] poll() {
        byte[] page = pages.poll();
        if (page != null) {
            budget.giveBack(PagedLinearMemory.PAGE_SIZE, 0);
        }
        return page;
    }

    @Override
    public synchronized long keptBytes() {
        return (long) pages.size() * PagedLinearMemory.PAGE_SIZE;
    }

    @Override
    public PageSource newAccount() {
        return PageSource.of(budget, this);
    }
}
