package io.github.jdbcpglite.wasm;

import io.github.jdbcpglite.wasm.emscripten.HostFunctionFilter;
import io.github.jdbcpglite.wasm.fs.FileSystem;
import io.github.jdbcpglite.wasm.image.ImageException;
import io.github.jdbcpglite.wasm.image.PgliteImage;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where clusters run by the PostgreSQL of this library come from. Thread-safe. */
public final class EmbeddedClusters {
    private static @Nullable ImageTemplates templates;

    private EmbeddedClusters() {}

    /** Returns the factory of clusters inside this process. */
    public static ClusterFactory factory() {
        return filtered(UnaryOperator.identity());
    }

    /**
     * Loads what the first cluster needs beside its memory and files: the main module and the
     * classes of its first functions. For another thread than the one that opens the cluster.
     *
     * @throws ClusterException if a part is missing or damaged
     */
    public static void warmUp() throws ClusterException {
        PgliteImage image = templates().image();
        try {
            image.main().module();
            image.boot().loadFirstClasses();
        } catch (ImageException e) {
            throw startFailed(e);
        }
    }

    /**
     * Returns what the PostgreSQL of this library was made from.
     *
     * @throws ClusterException if it is missing or damaged
     */
    public static ImageVersion imageVersion() throws ClusterException {
        PgliteImage image = templates().image();
        return new ImageVersion(image.postgresVersion(), image.pgliteVersion());
    }

    private static ClusterException startFailed(ImageException e) {
        return new ClusterException(
                ClusterException.Kind.START_FAILED, String.valueOf(e.getMessage()), List.of(), e);
    }

    /** Returns a factory whose processes call host functions through a filter, for tests. */
    static ClusterFactory intercepted(HostFunctionFilter calls) {
        return options ->
                EmbeddedCluster.open(templates(), options, UnaryOperator.identity(), calls);
    }

    /** Returns a factory that puts something over the files of a directory, for tests. */
    static ClusterFactory filtered(UnaryOperator<FileSystem> filter) {
        return options ->
                EmbeddedCluster.open(templates(), options, filter, HostFunctionFilter.NONE);
    }

    /** Reads the image once for all clusters of this class loader. */
    private static synchronized ImageTemplates templates() throws ClusterException {
        ImageTemplates loaded = templates;
        if (loaded == null) {
            try {
                loaded =
                        new ImageTemplates(
                                PgliteImage.load(EmbeddedClusters.class.getClassLoader()));
            } catch (ImageException e) {
                throw startFailed(e);
            }
            templates = loaded;
        }
        return loaded;
    }
}
