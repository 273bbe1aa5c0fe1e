package io.github.jdbcpglite.wasm.fs;

/**
 * Counts the blocks and inodes of one memory file system against its limit. Guarded by the lock of
 * the file system.
 */
final class SpaceQuota {
    /** Blocks an unlimited file system claims to have; {@code statfs} has 32-bit fields. */
    private static final long UNLIMITED_BLOCKS = Integer.MAX_VALUE;

    private final long maxBlocks;
    private long usedBlocks;
    private long usedInodes;

    SpaceQuota(long maxBytes) {
        this.maxBlocks =
                maxBytes == Long.MAX_VALUE ? Long.MAX_VALUE : maxBytes / FileContents.BLOCK_SIZE;
    }

    private SpaceQuota(SpaceQuota other) {
        this.maxBlocks = other.maxBlocks;
    }

    /** Returns a quota of the same limit with nothing used. */
    SpaceQuota fresh() {
        return new SpaceQuota(this);
    }

    boolean isUnlimited() {
        return maxBlocks == Long.MAX_VALUE;
    }

    /** Takes blocks, or takes none and returns false. */
    boolean tryReserve(long blocks) {
        if (blocks > maxBlocks - usedBlocks) {
            return false;
        }
        usedBlocks += blocks;
        return true;
    }

    void release(long blocks) {
        usedBlocks -= blocks;
    }

    void inodeCreated() {
        usedInodes++;
    }

    void inodeReleased() {
        usedInodes--;
    }

    long usedBytes() {
        return usedBlocks * FileContents.BLOCK_SIZE;
    }

    long usedInodes() {
        return usedInodes;
    }

    FileSystemStatus status() {
        long total = isUnlimited() ? UNLIMITED_BLOCKS : maxBlocks;
        long inodes = UNLIMITED_BLOCKS;
        return new FileSystemStatus(
                FileContents.BLOCK_SIZE,
                total,
                Math.max(0, total - usedBlocks),
                inodes,
                Math.max(0, inodes - usedInodes));
    }
}
