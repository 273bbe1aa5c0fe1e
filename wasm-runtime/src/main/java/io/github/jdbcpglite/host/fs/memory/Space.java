package io.github.jdbcpglite.host.fs.memory;

/**
 * Where a file takes its space from.
 *
 * @param quota of its file system
 * @param essential whether the cluster ends if the file gets none, so that it is not refused any as
 *     long as the heap has some
 */
record Space(SpaceQuota quota, boolean essential) {
    /** Takes blocks that have no array yet, or takes none and returns false. */
    boolean tryReserve(int blocks) {
        return quota.tryReserve(blocks, essential);
    }
}
