package io.github.jdbcpglite.jdbc;

import io.github.jdbcpglite.postgres.cluster.ClusterMetrics;

/**
 * What happens in a cluster at about one moment, and what has happened since it was opened; or the
 * sums of several clusters. Immutable.
 *
 * <p>What counts events never falls, not even when a cluster crashes and recovers.
 */
public final class PGliteClusterMetrics {
    private final ClusterMetrics values;

    PGliteClusterMetrics(ClusterMetrics values) {
        this.values = values;
    }

    /** Returns how many client backends run in all states. */
    public int getConnections() {
        return getActiveConnections()
                + getIdleConnections()
                + getLockedConnections()
                + getOtherConnections();
    }

    /** Returns how many client backends run, or wait for their turn. */
    public int getActiveConnections() {
        return values.activeConnections();
    }

    /** Returns how many client backends wait for their client, in a transaction or not. */
    public int getIdleConnections() {
        return values.idleConnections();
    }

    /** Returns how many client backends wait for a lock of PostgreSQL. */
    public int getLockedConnections() {
        return values.lockedConnections();
    }

    /** Returns how many client backends wait for something else, such as time. */
    public int getOtherConnections() {
        return values.otherConnections();
    }

    /** Returns how many of PostgreSQL's own processes run, such as autovacuum. */
    public int getAuxiliaryProcesses() {
        return values.auxiliaryProcesses();
    }

    /** Returns how many client backends became ready for statements. */
    public long getBackendStarts() {
        return values.backendStarts();
    }

    /** Returns the nanoseconds those took together until they were ready. */
    public long getBackendStartNanos() {
        return values.backendStartNanos();
    }

    /** Returns how often a process had to wait for its turn, as one runs at a time. */
    public long getTurnWaits() {
        return values.turnWaits();
    }

    /** Returns the nanoseconds those waits took together. */
    public long getTurnWaitNanos() {
        return values.turnWaitNanos();
    }

    /** Returns how many checkpoints were completed, as PostgreSQL logs them. */
    public long getCheckpoints() {
        return values.checkpoints();
    }

    /** Returns how many bytes came from clients. */
    public long getBytesReceived() {
        return values.bytesReceived();
    }

    /** Returns how many bytes were sent to clients. */
    public long getBytesSent() {
        return values.bytesSent();
    }

    /** Returns how many processes ended by a trap or a failing host function. */
    public long getTraps() {
        return values.traps();
    }

    /** Returns how many of those ended all others too, so that the cluster had to recover. */
    public long getCrashes() {
        return values.crashes();
    }

    /** Returns the bytes of memory that single processes have. */
    public long getPrivateMemoryBytes() {
        return values.privateMemoryBytes();
    }

    /** Returns the bytes of PostgreSQL's shared memory, beyond what it was cloned from. */
    public long getSharedMemoryBytes() {
        return values.sharedMemoryBytes();
    }

    /**
     * Returns the bytes of files in memory, beyond what they were cloned from; -1 in a directory.
     */
    public long getFileMemoryBytes() {
        return values.fileMemoryBytes();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
