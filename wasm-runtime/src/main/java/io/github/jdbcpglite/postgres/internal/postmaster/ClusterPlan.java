package io.github.jdbcpglite.postgres.internal.postmaster;

import io.github.jdbcpglite.postgres.internal.process.ClusterCounters;
import io.github.jdbcpglite.postgres.internal.process.ClusterEnvironment;

/**
 * What a cluster is, whatever it starts from.
 *
 * @param name what its threads are called
 * @param program the compiled PostgreSQL and the files it sees
 * @param maxConnections the value of {@code max_connections} that it starts with
 * @param lasting whether the files outlive the cluster, so that closing it writes a checkpoint
 * @param counters count what happens in it
 */
public record ClusterPlan(
        String name,
        ClusterEnvironment program,
        int maxConnections,
        boolean lasting,
        ClusterCounters counters) {}
