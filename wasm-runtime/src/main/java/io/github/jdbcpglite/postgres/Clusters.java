package io.github.jdbcpglite.postgres;

import io.github.jdbcpglite.postgres.cluster.ClusterException;
import io.github.jdbcpglite.postgres.cluster.ClusterFactory;
import io.github.jdbcpglite.postgres.cluster.DistributionVersion;
import io.github.jdbcpglite.postgres.internal.opening.BackupTarget;
import io.github.jdbcpglite.postgres.internal.opening.EmbeddedClusters;
import java.nio.file.Path;

/** Where clusters run by the PostgreSQL of this library come from. Thread-safe. */
public final class Clusters {
    private Clusters() {}

    /** Returns the factory of clusters inside this process. */
    public static ClusterFactory factory() {
        return EmbeddedClusters.factory();
    }

    /**
     * Loads what the first cluster needs beside its memory and files: the main module and the
     * classes of its first functions. For another thread than the one that opens the cluster.
     *
     * @throws ClusterException if a part is missing or damaged
     */
    public static void warmUp() throws ClusterException {
        EmbeddedClusters.warmUp();
    }

    /**
     * Returns the name of the engine that runs clusters for which none is asked.
     *
     * @throws ClusterException if PostgreSQL is missing or damaged
     */
    public static String usualEngine() throws ClusterException {
        return EmbeddedClusters.usualEngine();
    }

    /**
     * Returns what the PostgreSQL of this library was made from.
     *
     * @throws ClusterException if it is missing or damaged
     */
    public static DistributionVersion version() throws ClusterException {
        return EmbeddedClusters.version();
    }

    /**
     * Checks the target of a backup that somebody asks for: nothing may be there yet but an empty
     * directory, and a name that looks like a file's must be that of an archive.
     *
     * @throws ClusterException of kind {@code EXISTS} or {@code INVALID}
     */
    public static void requireNewBackup(Path target) throws ClusterException {
        BackupTarget.requireNew(target);
    }
}
