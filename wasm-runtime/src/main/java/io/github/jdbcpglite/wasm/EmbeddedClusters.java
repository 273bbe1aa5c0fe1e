package io.github.jdbcpglite.wasm;

import io.github.jdbcpglite.wasm.fs.FileSystem;
import io.github.jdbcpglite.wasm.image.ImageException;
import io.github.jdbcpglite.wasm.image.PgliteImage;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where clusters run by the PostgreSQL of this library come from. Thread-safe. */
public final class EmbeddedClusters {
    private static @Nullable PgliteImage image;

    private EmbeddedClusters() {}

    /** Returns the factory of clusters inside this process. */
    public static ClusterFactory factory() {
        return filtered(UnaryOperator.identity());
    }

    /** Returns a factory that puts something over the files of a directory, for tests. */
    static ClusterFactory filtered(UnaryOperator<FileSystem> filter) {
        return options -> EmbeddedCluster.open(image(), options, filter);
    }

    /** Reads the image once for all clusters of this class loader. */
    private static synchronized PgliteImage image() throws ClusterException {
        PgliteImage loaded = image;
        if (loaded == null) {
            try {
                loaded = PgliteImage.load(EmbeddedClusters.class.getClassLoader());
            } catch (ImageException e) {
                throw new ClusterException(
                        ClusterException.Kind.START_FAILED,
                        String.valueOf(e.getMessage()),
                        List.of(),
                        e);
            }
            image = loaded;
        }
        return loaded;
    }
}
