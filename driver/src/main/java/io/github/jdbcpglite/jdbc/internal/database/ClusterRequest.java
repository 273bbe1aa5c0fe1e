package io.github.jdbcpglite.jdbc.internal.database;

import io.github.jdbcpglite.wasm.ClusterOptions;
import java.util.Map;

/**
 * What a connection asks of the cluster it goes to.
 *
 * @param key the normal form of the target: equal keys mean one cluster
 * @param options what to open it with if it is not open
 * @param close when to close it if this request opens it
 * @param explicit the settings of the whole cluster that were written down, in normal form; they
 *     must agree with those of a cluster that is open already
 * @param effective the same with the defaults filled in
 */
public record ClusterRequest(
        String key,
        ClusterOptions options,
        ClosePolicy close,
        Map<String, String> explicit,
        Map<String, String> effective) {
    /** Makes a request; the maps are copied. */
    public ClusterRequest {
        explicit = Map.copyOf(explicit);
        effective = Map.copyOf(effective);
    }
}
