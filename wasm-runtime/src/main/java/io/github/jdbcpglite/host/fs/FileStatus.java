package io.github.jdbcpglite.host.fs;

/**
 * What {@code stat(2)} tells of a file.
 *
 * @param inode number unique within the file system while the file lives
 * @param type kind of file
 * @param mode permission bits (07777), without the type
 * @param linkCount number of names
 * @param size bytes; for a symbolic link the length of its target
 * @param accessNanos last access, nanoseconds since the epoch
 * @param modifyNanos last modification of the contents
 * @param changeNanos last change of the contents or attributes
 */
public record FileStatus(
        long inode,
        FileType type,
        int mode,
        int linkCount,
        long size,
        long accessNanos,
        long modifyNanos,
        long changeNanos) {}
