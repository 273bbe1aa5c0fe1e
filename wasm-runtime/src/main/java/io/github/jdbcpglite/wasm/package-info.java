/**
 * Clusters of PostgreSQL inside this process, as the driver sees them.
 *
 * <p>A {@link io.github.jdbcpglite.wasm.ClusterFactory} opens a {@link
 * io.github.jdbcpglite.wasm.ClusterService} from {@link io.github.jdbcpglite.wasm.ClusterOptions};
 * each call of {@code connect} starts one backend. Nothing here knows JDBC.
 */
@NullMarked
package io.github.jdbcpglite.wasm;

import org.jspecify.annotations.NullMarked;
