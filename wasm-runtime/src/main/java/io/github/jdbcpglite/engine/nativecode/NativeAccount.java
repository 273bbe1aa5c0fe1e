package io.github.jdbcpglite.engine.nativecode;

import static io.github.jdbcpglite.engine.LinearMemory.PAGE_SIZE;

import io.github.jdbcpglite.engine.MemoryAccount;
import io.github.jdbcpglite.engine.budget.MemoryBudget;
import org.jspecify.annotations.Nullable;

/** Takes what the system maps from a budget, if there is one. */
final class NativeAccount implements MemoryAccount {
    private final @Nullable MemoryBudget budget;
    private long takenBytes;

    NativeAccount(@Nullable MemoryBudget budget) {
        this.budget = budget;
    }

    @Override
    public boolean tryTake(int pages) {
        long bytes = (long) pages * PAGE_SIZE;
        if (budget != null && !budget.tryTakeMapped(bytes)) {
            return false;
        }
        takenBytes += bytes;
        return true;
    }

    @Override
    public void take(int pages) {
        long bytes = (long) pages * PAGE_SIZE;
        if (budget != null) {
            budget.takeMapped(bytes);
        }
        takenBytes += bytes;
    }

    /** Gives pages back that could not be had after all. */
    void giveBack(int pages) {
        long bytes = (long) pages * PAGE_SIZE;
        if (budget != null) {
            budget.giveBackMapped(bytes);
        }
        takenBytes -= bytes;
    }

    /** Returns whether pages could be taken. */
    boolean has(int pages) {
        return budget == null || budget.hasMapped((long) pages * PAGE_SIZE);
    }

    @Override
    public void close() {
        if (budget != null) {
            budget.giveBackMapped(takenBytes);
        }
        takenBytes = 0;
    }
}
