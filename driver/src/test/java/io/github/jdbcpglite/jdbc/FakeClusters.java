package io.github.jdbcpglite.jdbc;

import io.github.jdbcpglite.postgres.channel.DuplexChannel;
import io.github.jdbcpglite.postgres.cluster.Cluster;
import io.github.jdbcpglite.postgres.cluster.ClusterException;
import io.github.jdbcpglite.postgres.cluster.ClusterFactory;
import io.github.jdbcpglite.postgres.cluster.ClusterMetrics;
import io.github.jdbcpglite.postgres.cluster.ClusterOptions;
import io.github.jdbcpglite.postgres.cluster.ClusterTemplate;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Clusters without a PostgreSQL: they keep account, and the test plays the backend. */
public final class FakeClusters implements ClusterFactory {
    /** Every cluster that was opened, in order. */
    public final List<FakeCluster> opened = new CopyOnWriteArrayList<>();

    /** Opening waits for it. */
    public volatile CountDownLatch mayOpen = new CountDownLatch(0);

    /** Opening fails with it, unless null. */
    public volatile @Nullable Throwable openFailure;

    /** What every backend does, on the client's thread while it connects. */
    public volatile Behaviour behaviour = channel -> {};

    /** What a backend does with its channel. */
    @FunctionalInterface
    public interface Behaviour {
        void serve(DuplexChannel channel) throws ClusterException;
    }

    @Override
    public Cluster open(ClusterOptions options) throws ClusterException {
        try {
            mayOpen.await();
        } catch (InterruptedException e) {
            throw new ClusterException(ClusterException.Kind.START_FAILED, "interrupted");
        }
        if (openFailure instanceof ClusterException failure) {
            throw failure;
        }
        if (openFailure instanceof Error failure) {
            throw failure;
        }
        FakeCluster cluster = new FakeCluster(options);
        opened.add(cluster);
        return cluster;
    }

    /** A cluster that keeps account. */
    public final class FakeCluster implements Cluster {
        public final ClusterOptions options;
        public final List<DuplexChannel> channels = new CopyOnWriteArrayList<>();
        public volatile boolean ended;
        public volatile int closeCount;

        FakeCluster(ClusterOptions options) {
            this.options = options;
        }

        @Override
        public DuplexChannel connect() throws ClusterException {
            if (ended || closeCount > 0) {
                throw new ClusterException(ClusterException.Kind.CLOSED, "the cluster has ended");
            }
            DuplexChannel channel = new DuplexChannel();
            behaviour.serve(channel);
            channels.add(channel);
            return channel;
        }

        @Override
        public ClusterTemplate template() throws ClusterException {
            throw new ClusterException(ClusterException.Kind.UNSUPPORTED, "no templates here");
        }

        @Override
        public synchronized void close() {
            closeCount++;
        }

        @Override
        public void backup(Path target) {
            throw new UnsupportedOperationException("a fake has no files");
        }

        @Override
        public byte[] mockAuthenticationNonce() {
            return new byte[32];
        }

        @Override
        public String name() {
            return options.name();
        }

        @Override
        public String engine() {
            return "fake";
        }

        @Override
        public int backendCount() {
            return (int) channels.stream().filter(c -> !c.server().atEndOfInput()).count();
        }

        @Override
        public ClusterMetrics metrics() {
            return ClusterMetrics.NONE;
        }

        @Override
        public List<String> recentLog() {
            return List.of("LOG:  first line", "PANIC:  last line");
        }
    }
}
