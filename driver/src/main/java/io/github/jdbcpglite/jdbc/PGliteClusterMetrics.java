package io.github.jdbcpglite.jdbc;

import io.github.jdbcpglite.postgres.cluster.ClusterMetric;
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

    /**
     * Returns the value of a metric; -1 for the files in memory of a cluster in a directory.
     *
     * @see PGliteMetric#all
     */
    public long get(PGliteMetric metric) {
        return values.get(metric.metric());
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
        return count(ClusterMetric.ACTIVE_CONNECTIONS);
    }

    /** Returns how many client backends wait for their client, in a transaction or not. */
    public int getIdleConnections() {
        return count(ClusterMetric.IDLE_CONNECTIONS);
    }

    /** Returns how many client backends wait for a lock of PostgreSQL. */
    public int getLockedConnections() {
        return count(ClusterMetric.LOCKED_CONNECTIONS);
    }

    /** Returns how many client backends wait for something else, such as time. */
    public int getOtherConnections() {
        return count(ClusterMetric.OTHER_CONNECTIONS);
    }

    /** Returns how many of PostgreSQL's own processes run, such as autovacuum. */
    public int getAuxiliaryProcesses() {
        return count(ClusterMetric.AUXILIARY_PROCESSES);
    }

    /** Returns how many client backends became ready for statements. */
    public long getBackendStarts() {
        return values.get(ClusterMetric.BACKEND_STARTS);
    }

    /** Returns the nanoseconds those took together until they were ready. */
    public long getBackendStartNanos() {
        return values.get(ClusterMetric.BACKEND_START_NANOS);
    }

    /** Returns how often a process had to wait for its turn, as one runs at a time. */
    public long getTurnWaits() {
        return values.get(ClusterMetric.TURN_WAITS);
    }

    /** Returns the nanoseconds those waits took together. */
    public long getTurnWaitNanos() {
        return values.get(ClusterMetric.TURN_WAIT_NANOS);
    }

    /** Returns how many checkpoints were completed, as PostgreSQL logs them. */
    public long getCheckpoints() {
        return values.get(ClusterMetric.CHECKPOINTS);
    }

    /** Returns how many bytes came from clients. */
    public long getBytesReceived() {
        return values.get(ClusterMetric.BYTES_RECEIVED);
    }

    /** Returns how many bytes were sent to clients. */
    public long getBytesSent() {
        return values.get(ClusterMetric.BYTES_SENT);
    }

    /** Returns how many processes ended by a trap or a failing host function. */
    public long getTraps() {
        return values.get(ClusterMetric.TRAPS);
    }

    /** Returns how many of those ended all others too, so that the cluster had to recover. */
    public long getCrashes() {
        return values.get(ClusterMetric.CRASHES);
    }

    /** Returns the bytes of memory that single processes have. */
    public long getPrivateMemoryBytes() {
        return values.get(ClusterMetric.PRIVATE_MEMORY_BYTES);
    }

    /** Returns the bytes of PostgreSQL's shared memory, beyond what it was cloned from. */
    public long getSharedMemoryBytes() {
        return values.get(ClusterMetric.SHARED_MEMORY_BYTES);
    }

    /**
     * Returns the bytes of files in memory, beyond what they were cloned from; -1 in a directory.
     */
    public long getFileMemoryBytes() {
        return values.get(ClusterMetric.FILE_MEMORY_BYTES);
    }

    private int count(ClusterMetric metric) {
        return Math.toIntExact(values.get(metric));
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
