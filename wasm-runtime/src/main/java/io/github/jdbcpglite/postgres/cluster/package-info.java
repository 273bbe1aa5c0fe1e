/**
 * Clusters of PostgreSQL inside this process, as the driver sees them.
 *
 * <p>A {@link io.github.jdbcpglite.postgres.cluster.ClusterFactory} opens a {@link
 * io.github.jdbcpglite.postgres.cluster.Cluster} from {@link
 * io.github.jdbcpglite.postgres.cluster.ClusterOptions}; each call of {@code connect} starts one
 * backend. Nothing here knows JDBC.
 */
@NullMarked
package io.github.jdbcpglite.postgres.cluster;

import org.jspecify.annotations.NullMarked;
