package io.github.jdbcpglite.jdbc.internal.cluster;

import io.github.jdbcpglite.jdbc.internal.listen.ListenRequest;
import io.github.jdbcpglite.postgres.cluster.ClusterOptions;
import io.github.jdbcpglite.postgres.cluster.ClusterSetup;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a connection asks of the cluster it goes to.
 *
 * @param key the normal form of the target: equal keys mean one cluster
 * @param options what to open it with if it is not open
 * @param close when to close it if this request opens it
 * @param explicit the settings of the whole cluster that were written down, in normal form; they
 *     must agree with those of a cluster that is open already
 * @param effective the same with the defaults filled in
 * @param beforeListening what is done when it has opened, before it listens
 * @param listen what it listens on from when this request opens it until it closes
 */
public record ClusterRequest(
        String key,
        ClusterOptions options,
        ClosePolicy close,
        Map<String, String> explicit,
        Map<String, String> effective,
        ClusterSetup beforeListening,
        Optional<ListenRequest> listen) {
    /** The setting that says when a cluster closes. */
    private static final String CLOSE = "pglite.close";

    private static final ClusterSetup NOTHING = cluster -> {};

    /** Makes a request; the maps are copied. */
    public ClusterRequest {
        explicit = Map.copyOf(explicit);
        effective = Map.copyOf(effective);
    }

    /** Makes a request without a listener. */
    public ClusterRequest(
            String key,
            ClusterOptions options,
            ClosePolicy close,
            Map<String, String> explicit,
            Map<String, String> effective) {
        this(key, options, close, explicit, effective, NOTHING, Optional.empty());
    }

    /** Returns whether it is written down when the cluster is to close. */
    boolean closeIsWritten() {
        return explicit.containsKey(CLOSE);
    }

    /** Returns this request without its listener; a setting of it no longer has to agree. */
    public ClusterRequest withoutListener(String setting) {
        Map<String, String> without = new HashMap<>(explicit);
        without.remove(setting);
        return new ClusterRequest(key, options, close, without, effective);
    }
}
