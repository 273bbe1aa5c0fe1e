package io.github.jdbcpglite.postgres.internal.opening;

import io.github.jdbcpglite.engine.budget.MemoryBudget;
import io.github.jdbcpglite.host.fs.FileSystem;
import io.github.jdbcpglite.postgres.cluster.ClusterException;
import java.util.Map;

/** Where a cluster's files are, and what has to be done about that around its life. */
interface ClusterStorage {
    /** Returns all files the guest sees. */
    FileSystem files();

    /** Returns what the cluster may take of the heap, files in memory included. */
    MemoryBudget budget();

    /** Returns PostgreSQL's settings that follow from the storage, which options may override. */
    Map<String, String> settings();

    /** Returns whether the files outlive the cluster. */
    boolean isLasting();

    /** Returns whether opening has made the cluster, so that somebody may want to fill it. */
    boolean isNew();

    /** Called when a new cluster has been filled; one that is closed before is deleted. */
    void complete() throws ClusterException;

    /** Called before each boot of PostgreSQL over the files. */
    void beforeBoot() throws ClusterException;

    /** Returns whether the next boot over the files has to recover, after the last close. */
    boolean needsRecovery() throws ClusterException;

    /** Returns the bytes of memory that the files have for themselves, -1 if they are on disk. */
    long memoryBytes();

    /**
     * Gives the files up, when no process of the cluster runs any more.
     *
     * @throws ClusterException after all was tried
     */
    void close() throws ClusterException;
}
