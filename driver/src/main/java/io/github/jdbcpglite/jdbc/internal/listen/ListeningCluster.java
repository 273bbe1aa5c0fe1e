package io.github.jdbcpglite.jdbc.internal.listen;

import io.github.jdbcpglite.postgres.channel.DuplexChannel;
import io.github.jdbcpglite.postgres.cluster.Cluster;
import io.github.jdbcpglite.postgres.cluster.ClusterException;
import io.github.jdbcpglite.postgres.cluster.ClusterMetrics;
import io.github.jdbcpglite.postgres.cluster.ClusterTemplate;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;

/** A cluster with a listener that closes with it. */
public final class ListeningCluster implements Cluster {
    private static final long FAREWELL_MILLIS = 1000;

    private final Cluster cluster;
    private final Listener listener;

    private ListeningCluster(Cluster cluster, Listener listener) {
        this.cluster = cluster;
        this.listener = listener;
    }

    /**
     * Puts a listener before a cluster.
     *
     * @param cluster owned by the result; closed if the listener cannot be opened
     * @throws ClusterException if the address or the role cannot be used
     */
    public static ListeningCluster open(Cluster cluster, ListenRequest request)
            throws ClusterException {
        boolean done = false;
        try {
            Listener listener = ClusterListeners.open(cluster, request, false).listener();
            log().log(
                            Level.INFO,
                            "cluster {0} listens on {1}",
                            cluster.name(),
                            listener.localAddress());
            done = true;
            return new ListeningCluster(cluster, listener);
        } catch (IOException e) {
            throw new ClusterException(
                    ClusterException.Kind.RESOURCE, String.valueOf(e.getMessage()), List.of(), e);
        } finally {
            if (!done) {
                cluster.close();
            }
        }
    }

    @Override
    public DuplexChannel connect() throws ClusterException {
        return cluster.connect();
    }

    @Override
    public ClusterTemplate template() throws ClusterException {
        return cluster.template();
    }

    @Override
    public void backup(Path target) throws ClusterException {
        cluster.backup(target);
    }

    /** Closes both; PostgreSQL says good-bye to the clients in between. */
    @Override
    public void close() {
        listener.stopAccepting();
        cluster.close();
        listener.awaitClients(FAREWELL_MILLIS);
        listener.close();
    }

    @Override
    public String name() {
        return cluster.name();
    }

    @Override
    public byte[] mockAuthenticationNonce() throws ClusterException {
        return cluster.mockAuthenticationNonce();
    }

    @Override
    public String engine() {
        return cluster.engine();
    }

    @Override
    public int backendCount() {
        return cluster.backendCount();
    }

    @Override
    public ClusterMetrics metrics() {
        return cluster.metrics();
    }

    @Override
    public List<String> recentLog() {
        return cluster.recentLog();
    }

    private static Logger log() {
        return System.getLogger(ListeningCluster.class.getName());
    }
}
