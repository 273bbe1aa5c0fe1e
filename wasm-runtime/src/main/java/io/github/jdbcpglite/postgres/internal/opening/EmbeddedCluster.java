package io.github.jdbcpglite.postgres.internal.opening;

import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.postgres.channel.DuplexChannel;
import io.github.jdbcpglite.postgres.cluster.Cluster;
import io.github.jdbcpglite.postgres.cluster.ClusterException;
import io.github.jdbcpglite.postgres.cluster.ClusterMetrics;
import io.github.jdbcpglite.postgres.cluster.ClusterOption;
import io.github.jdbcpglite.postgres.cluster.ClusterOptions;
import io.github.jdbcpglite.postgres.cluster.ClusterSetup;
import io.github.jdbcpglite.postgres.cluster.ClusterTemplate;
import io.github.jdbcpglite.postgres.internal.boot.ClusterImage;
import io.github.jdbcpglite.postgres.internal.datadir.ClusterIdentity;
import io.github.jdbcpglite.postgres.internal.postmaster.Postmaster;
import io.github.jdbcpglite.postgres.internal.postmaster.RefusedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A cluster inside this process: its files, and whichever PostgreSQL runs over them. */
final class EmbeddedCluster implements Cluster {
    private final ClusterStarter starter;
    private final ClusterOptions options;
    private final ClusterStorage storage;
    private final Refusals refusals;

    /** Replaced, with the monitor held, when it has crashed. */
    private volatile Postmaster cluster;

    private boolean closed;

    /**
     * Starts a cluster over its files.
     *
     * @param memory to go on with; without it PostgreSQL boots
     */
    EmbeddedCluster(ClusterStarter starter, Optional<ClusterImage> memory, Refusals refusals)
            throws ClusterException {
        this.starter = starter;
        this.options = starter.opening().options();
        this.storage = starter.storage();
        this.refusals = refusals;
        this.cluster = starter.start(memory);
    }

    /** Has a new cluster filled. If that fails, all that is left to close is the storage. */
    void setUp() throws ClusterException {
        if (!storage.isNew()) {
            return;
        }
        boolean done = false;
        try {
            Optional<ClusterSetup> setup = options.get(ClusterOption.SETUP);
            if (setup.isPresent()) {
                setup.get().run(this);
            }
            storage.complete();
            done = true;
        } finally {
            if (!done) {
                stop();
            }
        }
    }

    private synchronized void stop() {
        closed = true;
        cluster.close();
    }

    @Override
    public DuplexChannel connect() throws ClusterException {
        while (true) {
            Postmaster target = running();
            try {
                return target.connect();
            } catch (RefusedException e) {
                // One that has crashed a moment ago is followed by its recovered successor.
                if (e.reason() != RefusedException.Reason.CRASHED) {
                    throw refusals.ofConnection(e);
                }
            }
        }
    }

    /** Returns the cluster, booted again over its files if it has crashed. */
    private synchronized Postmaster running() throws ClusterException {
        if (closed) {
            throw refusals.closed();
        }
        if (cluster.crashed()) {
            cluster.close();
            cluster = starter.start(Optional.empty());
        }
        return cluster;
    }

    @Override
    public ClusterTemplate template() throws ClusterException {
        if (!(storage instanceof MemoryStorage inMemory)) {
            throw refusals.noTemplate();
        }
        try {
            return FrozenCluster.of(
                    starter.opening().templates().engine(),
                    running(),
                    inMemory.files(),
                    starter.settings());
        } catch (ErrnoException e) {
            throw refusals.notCopied(e);
        }
    }

    @Override
    public void backup(Path target) throws ClusterException {
        BackupTarget.requireNew(target);
        new ClusterBackup(options.name(), storage).write(running(), target);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        stop();
        try {
            warnOfRecovery();
            options.get(ClusterOption.BACKUP_AT_CLOSE)
                    .ifPresent(new ClusterBackup(options.name(), storage)::writeAtClose);
        } finally {
            closeStorage();
        }
    }

    private void warnOfRecovery() {
        try {
            // What the control file says is what the next boot goes by, whatever happened here.
            if (storage.needsRecovery()) {
                log().log(
                                System.Logger.Level.WARNING,
                                "the cluster {0} was closed without a last checkpoint; it recovers"
                                        + " when it is opened again",
                                options.name());
            }
        } catch (ClusterException e) {
            log().log(System.Logger.Level.WARNING, "the control file cannot be read", e);
        }
    }

    private void closeStorage() {
        try {
            storage.close();
        } catch (ClusterException e) {
            throw new IllegalStateException(
                    "the files of the cluster " + options.name() + " could not be closed", e);
        }
    }

    @Override
    public byte[] mockAuthenticationNonce() throws ClusterException {
        try {
            return ClusterIdentity.nonce(storage.files(), ClusterFiles.DATA_DIRECTORY);
        } catch (ErrnoException e) {
            throw refusals.controlFileNotRead(e);
        }
    }

    @Override
    public String name() {
        return options.name();
    }

    @Override
    public String engine() {
        return starter.opening().templates().engine().name();
    }

    @Override
    public int backendCount() {
        return cluster.backendCount();
    }

    @Override
    public ClusterMetrics metrics() {
        return cluster.processes()
                .metrics(starter.counters(), refusals.log().checkpoints(), storage.memoryBytes());
    }

    @Override
    public List<String> recentLog() {
        return refusals.log().recent();
    }

    private static System.Logger log() {
        return System.getLogger(EmbeddedCluster.class.getName());
    }
}
