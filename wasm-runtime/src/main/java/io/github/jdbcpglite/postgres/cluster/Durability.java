package io.github.jdbcpglite.postgres.cluster;

/** What a commit waits for in a cluster kept in a directory. */
public enum Durability {
    /** A commit is on the disk when it is answered. */
    FULL,
    /**
     * A commit reaches the disk a little later; a crash may lose the last ones, never consistency.
     */
    RELAXED,
    /** Nothing is forced to the disk before the cluster is closed. */
    OFF
}
