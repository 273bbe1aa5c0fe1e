package io.github.jdbcpglite.postgres.cluster;

/** Fills a cluster that has just been made, before anybody else can connect to it. */
@FunctionalInterface
public interface ClusterSetup {
    /**
     * Fills the cluster, over connections that are closed when this returns.
     *
     * @param cluster not to be closed
     * @throws ClusterException if it fails; then the cluster is closed, and what was made of it in
     *     a directory is deleted
     */
    void run(Cluster cluster) throws ClusterException;
}
