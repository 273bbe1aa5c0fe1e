package io.github.jdbcpglite.postgres.internal.postmaster;

import io.github.jdbcpglite.postgres.cluster.ClusterMetrics;
import io.github.jdbcpglite.postgres.internal.process.ClusterCounters;
import io.github.jdbcpglite.postgres.internal.process.WaitState;
import java.util.Map;

/**
 * The processes of a cluster at about one moment: nobody is stopped to be counted.
 *
 * @param clients the number of client backends in each state; a state without any may be absent
 * @param auxiliaries the number of PostgreSQL's own processes
 * @param privateBytes of memory that one process alone has, together
 * @param sharedBytes of shared memory that the cluster alone has, beyond what it was cloned from
 */
public record ProcessSummary(
        Map<WaitState, Integer> clients, int auxiliaries, long privateBytes, long sharedBytes) {
    /** Returns the number of client backends in a state. */
    public int clients(WaitState state) {
        return clients.getOrDefault(state, 0);
    }

    /**
     * Returns the metrics of the cluster.
     *
     * @param counted what has happened in it
     * @param checkpoints completed in it
     * @param fileBytes of its files in memory, or -1
     */
    public ClusterMetrics metrics(ClusterCounters counted, long checkpoints, long fileBytes) {
        return new ClusterMetrics(
                clients(WaitState.ACTIVE),
                clients(WaitState.IDLE),
                clients(WaitState.LOCK),
                clients(WaitState.OTHER),
                auxiliaries,
                counted.backendStarts(),
                counted.backendStartNanos(),
                counted.turnWaits(),
                counted.turnWaitNanos(),
                checkpoints,
                counted.bytesReceived(),
                counted.bytesSent(),
                counted.traps(),
                counted.crashes(),
                privateBytes,
                sharedBytes,
                fileBytes);
    }
}
