package io.github.jdbcpglite.host.fs.memory;

import io.github.jdbcpglite.engine.budget.MemoryBudget;
import io.github.jdbcpglite.host.fs.FileSystemStatus;
import org.jspecify.annotations.Nullable;

/**
 * Counts the blocks and inodes of one memory file system against its limit, and against the memory
 * of the cluster it belongs to. Guarded by the lock of the file system.
 */
final class SpaceQuota {
    /** Blocks an unlimited file system claims to have; {@code statfs} has 32-bit fields. */
    private static final long UNLIMITED_BLOCKS = Integer.MAX_VALUE;

    private final long maxBlocks;
    private @Nullable MemoryBudget budget;
    private long usedBlocks;
    private long unallocatedBlocks;
    private long usedInodes;

    SpaceQuota(long maxBytes) {
        this(
                maxBytes == Long.MAX_VALUE ? Long.MAX_VALUE : maxBytes / FileContents.BLOCK_SIZE,
                null);
    }

    private SpaceQuota(long maxBlocks, @Nullable MemoryBudget budget) {
        this.maxBlocks = maxBlocks;
        this.budget = budget;
    }

    /** Returns a quota of the same limit with nothing used, and perhaps with a budget. */
    SpaceQuota fresh(@Nullable MemoryBudget memoryBudget) {
        return new SpaceQuota(maxBlocks, memoryBudget);
    }

    /** Returns whether zeros that are written are to have their space set aside. */
    boolean setsAside() {
        return maxBlocks != Long.MAX_VALUE || budget != null;
    }

    /**
     * Takes blocks that have no array yet, or takes none and returns false.
     *
     * @param essential whether the budget is not asked
     */
    boolean tryReserve(long blocks, boolean essential) {
        if (!tryAdopt(blocks)) {
            return false;
        }
        if (budget == null) {
            return true;
        }
        if (essential) {
            budget.take(bytes(blocks));
        } else if (!budget.tryTake(bytes(blocks))) {
            usedBlocks -= blocks;
            return false;
        }
        unallocatedBlocks += blocks;
        return true;
    }

    /** Says that blocks that were reserved have arrays now. */
    void allocated(long blocks) {
        if (budget != null) {
            unallocatedBlocks -= blocks;
            budget.allocated(bytes(blocks));
        }
    }

    /**
     * Counts blocks that are shared with another file system, or counts none; no memory is taken.
     */
    boolean tryAdopt(long blocks) {
        if (blocks > maxBlocks - usedBlocks) {
            return false;
        }
        usedBlocks += blocks;
        return true;
    }

    /**
     * Counts the blocks of a copied file.
     *
     * @param blocks fit, because the original fitted into the same limit
     * @param unallocated those of them for which the copy may have to allocate arrays
     */
    void adopt(long blocks, long unallocated) {
        usedBlocks += blocks;
        if (budget != null) {
            unallocatedBlocks += unallocated;
            budget.take(bytes(unallocated));
        }
    }

    /** Counts a block that was shared, and has now an array of its own. */
    void unshared() {
        if (budget != null) {
            budget.take(FileContents.BLOCK_SIZE);
            budget.allocated(FileContents.BLOCK_SIZE);
        }
    }

    /**
     * Gives blocks back.
     *
     * @param blocks how many
     * @param own those that are not shared with another file system
     * @param unallocated those of its own that have no array
     */
    void release(long blocks, long own, long unallocated) {
        usedBlocks -= blocks;
        if (budget != null) {
            unallocatedBlocks -= unallocated;
            budget.giveBack(bytes(own), bytes(unallocated));
        }
    }

    /** Ends the account: the file system is closed and goes as a whole. */
    void close() {
        if (budget != null) {
            budget.allocated(bytes(unallocatedBlocks));
            budget = null;
        }
    }

    private static long bytes(long blocks) {
        return blocks * FileContents.BLOCK_SIZE;
    }

    void inodeCreated() {
        usedInodes++;
    }

    void inodeReleased() {
        usedInodes--;
    }

    long usedBytes() {
        return bytes(usedBlocks);
    }

    long usedInodes() {
        return usedInodes;
    }

    FileSystemStatus status() {
        long total = maxBlocks == Long.MAX_VALUE ? UNLIMITED_BLOCKS : maxBlocks;
        long inodes = UNLIMITED_BLOCKS;
        return new FileSystemStatus(
                FileContents.BLOCK_SIZE,
                total,
                Math.max(0, total - usedBlocks),
                inodes,
                Math.max(0, inodes - usedInodes));
    }
}
