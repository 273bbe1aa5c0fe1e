package io.github.jdbcpglite.postgres.cluster;

/**
 * What happens in a cluster at about one moment, and what has happened since it was opened.
 *
 * <p>The parameters up to {@code auxiliaryProcesses} and those of bytes of memory are of now; the
 * others never fall, not even when the cluster crashes and recovers.
 *
 * @param activeConnections client backends that run, or wait for their turn
 * @param idleConnections client backends that wait for their client
 * @param lockedConnections client backends that wait for a lock of PostgreSQL
 * @param otherConnections client backends that wait for something else
 * @param auxiliaryProcesses PostgreSQL's own processes that run, such as autovacuum
 * @param backendStarts client backends that became ready for statements
 * @param backendStartNanos what those took together until they were
 * @param turnWaits how often a process had to wait for the giant lock
 * @param turnWaitNanos how long they waited together
 * @param checkpoints that were completed, by PostgreSQL's log
 * @param bytesReceived from clients
 * @param bytesSent to clients
 * @param traps processes that ended by a trap or a failing host function
 * @param crashes those among them that ended all processes, so that the cluster had to recover
 * @param privateMemoryBytes memory that single processes have, and that is kept for the next ones
 * @param sharedMemoryBytes PostgreSQL's shared memory, beyond what it was cloned from
 * @param fileMemoryBytes files in memory, beyond what they were cloned from; -1 in a directory
 */
public record ClusterMetrics(
        int activeConnections,
        int idleConnections,
        int lockedConnections,
        int otherConnections,
        int auxiliaryProcesses,
        long backendStarts,
        long backendStartNanos,
        long turnWaits,
        long turnWaitNanos,
        long checkpoints,
        long bytesReceived,
        long bytesSent,
        long traps,
        long crashes,
        long privateMemoryBytes,
        long sharedMemoryBytes,
        long fileMemoryBytes) {
    /** Of no cluster at all. */
    public static final ClusterMetrics NONE =
            new ClusterMetrics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Returns the sums of this and of another cluster's; files on disk count for nothing. */
    public ClusterMetrics plus(ClusterMetrics other) {
        return new ClusterMetrics(
                activeConnections + other.activeConnections,
                idleConnections + other.idleConnections,
                lockedConnections + other.lockedConnections,
                otherConnections + other.otherConnections,
                auxiliaryProcesses + other.auxiliaryProcesses,
                backendStarts + other.backendStarts,
                backendStartNanos + other.backendStartNanos,
                turnWaits + other.turnWaits,
                turnWaitNanos + other.turnWaitNanos,
                checkpoints + other.checkpoints,
                bytesReceived + other.bytesReceived,
                bytesSent + other.bytesSent,
                traps + other.traps,
                crashes + other.crashes,
                privateMemoryBytes + other.privateMemoryBytes,
                sharedMemoryBytes + other.sharedMemoryBytes,
                Math.max(0, fileMemoryBytes) + Math.max(0, other.fileMemoryBytes));
    }

    /** Returns what is left of this when the cluster has been closed: what was counted. */
    public ClusterMetrics ofClosed() {
        return new ClusterMetrics(
                0,
                0,
                0,
                0,
                0,
                backendStarts,
                backendStartNanos,
                turnWaits,
                turnWaitNanos,
                checkpoints,
                bytesReceived,
                bytesSent,
                traps,
                crashes,
                0,
                0,
                0);
    }
}
