package io.github.jdbcpglite.postgres.internal.opening;

import io.github.jdbcpglite.host.HostFunctionFilter;
import io.github.jdbcpglite.host.fs.FileSystem;
import io.github.jdbcpglite.postgres.cluster.ClusterException;
import io.github.jdbcpglite.postgres.cluster.ClusterFactory;
import io.github.jdbcpglite.postgres.cluster.DistributionVersion;
import io.github.jdbcpglite.postgres.internal.distribution.Distribution;
import io.github.jdbcpglite.postgres.internal.distribution.DistributionException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Opens clusters over the one distribution of this class loader. Thread-safe. */
public final class EmbeddedClusters {
    private static @Nullable Engines engines;

    private EmbeddedClusters() {}

    /** Returns the factory of clusters inside this process. */
    public static ClusterFactory factory() {
        return factory(Interception.NONE);
    }

    /**
     * Loads what the first cluster needs beside its memory and files: the main module and the
     * classes of its first functions. For another thread than the one that opens the cluster.
     *
     * @throws ClusterException if a part is missing or damaged
     */
    public static void warmUp() throws ClusterException {
        try {
            engines().usual().warmUp();
        } catch (DistributionException e) {
            throw startFailed(e);
        }
    }

    /**
     * Returns what the PostgreSQL of this library was made from.
     *
     * @throws ClusterException if it is missing or damaged
     */
    public static DistributionVersion version() throws ClusterException {
        Distribution image = engines().image();
        return new DistributionVersion(image.postgresVersion(), image.pgliteVersion());
    }

    /**
     * Returns the name of the engine that runs clusters for which none is asked.
     *
     * @throws ClusterException if PostgreSQL is missing or damaged
     */
    public static String usualEngine() throws ClusterException {
        try {
            return engines().usual().engine().name();
        } catch (DistributionException e) {
            throw startFailed(e);
        }
    }

    private static ClusterException startFailed(DistributionException e) {
        return new ClusterException(
                ClusterException.Kind.START_FAILED, String.valueOf(e.getMessage()), List.of(), e);
    }

    /** Returns a factory whose processes call host functions through a filter, for tests. */
    public static ClusterFactory intercepted(HostFunctionFilter calls) {
        return factory(new Interception(UnaryOperator.identity(), calls));
    }

    /** Returns a factory that puts something over the files of a directory, for tests. */
    public static ClusterFactory filtered(UnaryOperator<FileSystem> filter) {
        return factory(new Interception(filter, HostFunctionFilter.NONE));
    }

    private static ClusterFactory factory(Interception interception) {
        return options -> Opening.open(engines(), options, interception);
    }

    /** Reads the image once for all clusters of this class loader. */
    private static synchronized Engines engines() throws ClusterException {
        Engines loaded = engines;
        if (loaded == null) {
            try {
                loaded = new Engines(Distribution.load(EmbeddedClusters.class.getClassLoader()));
            } catch (DistributionException e) {
                throw startFailed(e);
            }
            engines = loaded;
        }
        return loaded;
    }
}
