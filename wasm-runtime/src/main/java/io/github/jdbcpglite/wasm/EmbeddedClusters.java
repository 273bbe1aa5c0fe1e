package io.github.jdbcpglite.wasm;

/** Where clusters run by the PostgreSQL of this library come from. */
public final class EmbeddedClusters {
    private EmbeddedClusters() {}

    /** Returns the factory of clusters inside this process. */
    public static ClusterFactory factory() {
        return options -> {
            throw new ClusterException(
                    ClusterException.Kind.UNSUPPORTED, "no cluster is part of this build yet");
        };
    }
}
