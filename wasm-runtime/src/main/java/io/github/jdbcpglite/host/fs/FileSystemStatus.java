package io.github.jdbcpglite.host.fs;

/**
 * What {@code statfs(2)} tells of a file system.
 *
 * @param blockSize bytes per block
 * @param totalBlocks blocks in all
 * @param freeBlocks blocks free
 * @param totalInodes inodes in all
 * @param freeInodes inodes free
 */
public record FileSystemStatus(
        int blockSize, long totalBlocks, long freeBlocks, long totalInodes, long freeInodes) {}
