package io.github.jdbcpglite.postgres.internal.distribution;

import io.github.jdbcpglite.host.fs.memory.SharedContents;

/**
 * A file of a bundle, whose contents all clusters share once one has read them, or a directory.
 *
 * @param entry where it is and what it is like
 * @param contents of the file; empty for a directory
 */
public record SharedFile(StoredFile entry, SharedContents contents) {
    static SharedFile of(StoredFile entry) {
        return new SharedFile(
                entry,
                entry.isDirectory()
                        ? new SharedContents(0, () -> new byte[0])
                        : new SharedContents(entry.size(), entry::load));
    }
}
