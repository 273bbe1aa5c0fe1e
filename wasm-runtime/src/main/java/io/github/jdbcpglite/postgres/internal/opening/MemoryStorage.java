package io.github.jdbcpglite.postgres.internal.opening;

import io.github.jdbcpglite.engine.budget.MemoryBudget;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.memory.MemoryFileSystem;
import java.util.Map;

/**
 * Files in memory, gone with the cluster.
 *
 * @param files all files the guest sees
 * @param budget what the cluster may take of the heap, files included
 * @param isNew whether it is a cluster of its own, and not one to look at
 */
record MemoryStorage(MemoryFileSystem files, MemoryBudget budget, boolean isNew)
        implements ClusterStorage {
    /** Nothing here can be forced to a disk. */
    static final Map<String, String> SETTINGS = Map.of("fsync", "off");

    @Override
    public Map<String, String> settings() {
        return SETTINGS;
    }

    @Override
    public boolean isLasting() {
        return false;
    }

    @Override
    public void complete() {
        // Nothing of it outlives a failure.
    }

    @Override
    public void beforeBoot() {
        // Nobody else can have the files.
    }

    @Override
    public boolean needsRecovery() {
        return false; // there is no next boot
    }

    @Override
    public long memoryBytes() {
        try {
            return files.privateBytes();
        } catch (ErrnoException e) {
            return 0; // they were closed and have given everything back
        }
    }

    @Override
    public void close() {
        files.close();
    }
}
