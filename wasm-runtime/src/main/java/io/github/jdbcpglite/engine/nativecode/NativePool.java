package io.github.jdbcpglite.engine.nativecode;

import io.github.jdbcpglite.engine.MemoryAccount;
import io.github.jdbcpglite.engine.MemoryPool;
import io.github.jdbcpglite.engine.budget.MemoryBudget;

/**
 * Keeps nothing: the system clears pages faster than they could be given from one process to
 * another.
 *
 * @param budget what the accounts take from
 */
record NativePool(MemoryBudget budget) implements MemoryPool {
    @Override
    public MemoryAccount newAccount() {
        return new NativeAccount(budget);
    }

    @Override
    public void keep() {
        // There is nothing to keep.
    }

    @Override
    public void clear() {
        // Nothing was kept.
    }

    @Override
    public long keptBytes() {
        return 0;
    }
}
