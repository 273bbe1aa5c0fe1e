package io.github.jdbcpglite.postgres.internal.postmaster;

import io.github.jdbcpglite.postgres.cluster.ClusterMetric;
import io.github.jdbcpglite.postgres.cluster.ClusterMetrics;
import io.github.jdbcpglite.postgres.internal.process.Backend;
import io.github.jdbcpglite.postgres.internal.process.ClusterCounters;
import io.github.jdbcpglite.postgres.internal.process.WaitState;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

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
    /**
     * Looks at the processes of a cluster.
     *
     * @param isClient whether one is a client's backend
     * @param spareBytes of memory of processes that wait for a client
     * @param sharedBytes as in the summary
     */
    static ProcessSummary of(
            Collection<Backend> processes,
            Predicate<Backend> isClient,
            long spareBytes,
            long sharedBytes) {
        Map<WaitState, Integer> clients = new EnumMap<>(WaitState.class);
        int others = 0;
        AtomicLong privateBytes = new AtomicLong(spareBytes);
        for (Backend backend : processes) {
            if (isClient.test(backend)) {
                clients.merge(backend.state(), 1, Integer::sum);
            } else {
                others++;
            }
            backend.look(memory -> privateBytes.addAndGet(memory.privateBytes()));
        }
        return new ProcessSummary(clients, others, privateBytes.get(), sharedBytes);
    }

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
        Map<ClusterMetric, Long> values = new EnumMap<>(ClusterMetric.class);
        values.put(ClusterMetric.ACTIVE_CONNECTIONS, (long) clients(WaitState.ACTIVE));
        values.put(ClusterMetric.IDLE_CONNECTIONS, (long) clients(WaitState.IDLE));
        values.put(ClusterMetric.LOCKED_CONNECTIONS, (long) clients(WaitState.LOCK));
        values.put(ClusterMetric.OTHER_CONNECTIONS, (long) clients(WaitState.OTHER));
        values.put(ClusterMetric.AUXILIARY_PROCESSES, (long) auxiliaries);
        values.put(ClusterMetric.BACKEND_STARTS, counted.backendStarts());
        values.put(ClusterMetric.BACKEND_START_NANOS, counted.backendStartNanos());
        values.put(ClusterMetric.TURN_WAITS, counted.turnWaits());
        values.put(ClusterMetric.TURN_WAIT_NANOS, counted.turnWaitNanos());
        values.put(ClusterMetric.CHECKPOINTS, checkpoints);
        values.put(ClusterMetric.BYTES_RECEIVED, counted.bytesReceived());
        values.put(ClusterMetric.BYTES_SENT, counted.bytesSent());
        values.put(ClusterMetric.TRAPS, counted.traps());
        values.put(ClusterMetric.CRASHES, counted.crashes());
        values.put(ClusterMetric.PRIVATE_MEMORY_BYTES, privateBytes);
        values.put(ClusterMetric.SHARED_MEMORY_BYTES, sharedBytes);
        values.put(ClusterMetric.FILE_MEMORY_BYTES, fileBytes);
        return new ClusterMetrics(values);
    }
}
