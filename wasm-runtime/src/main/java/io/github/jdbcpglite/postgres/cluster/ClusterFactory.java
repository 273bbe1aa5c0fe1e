package io.github.jdbcpglite.postgres.cluster;

/** Opens clusters. Implementations are thread-safe. */
@FunctionalInterface
public interface ClusterFactory {
    /**
     * Opens a cluster: restores or boots it, with recovery where its files need that, and returns
     * when it can take connections.
     *
     * @throws ClusterException if it cannot; nothing is left behind then
     */
    Cluster open(ClusterOptions options) throws ClusterException;
}
