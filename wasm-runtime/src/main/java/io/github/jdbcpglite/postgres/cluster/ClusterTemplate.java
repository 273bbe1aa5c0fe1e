package io.github.jdbcpglite.postgres.cluster;

/**
 * What new clusters in memory are cloned from: the files of a cluster at one moment and, if no
 * backend ran then, its memory. Clones share both copy-on-write.
 *
 * <p>Immutable; safe for use by several threads. It holds no threads and no files of the host, so
 * it needs no closing. Templates come from {@link Cluster#template()}; there are no others.
 */
public interface ClusterTemplate {
    /** Returns whether a clone with unchanged settings starts without booting. */
    boolean startsWithoutBoot();
}
