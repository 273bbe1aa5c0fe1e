package io.github.jdbcpglite.wasm;

import io.github.jdbcpglite.wasm.directory.Contents;
import io.github.jdbcpglite.wasm.directory.DataDirectory;
import io.github.jdbcpglite.wasm.directory.DirectoryException;
import io.github.jdbcpglite.wasm.directory.TarArchive;
import io.github.jdbcpglite.wasm.emscripten.CompiledModule;
import io.github.jdbcpglite.wasm.fs.ErrnoException;
import io.github.jdbcpglite.wasm.fs.FileSystem;
import io.github.jdbcpglite.wasm.image.ModuleImage;
import io.github.jdbcpglite.wasm.image.PgliteImage;
import io.github.jdbcpglite.wasm.io.DuplexChannel;
import io.github.jdbcpglite.wasm.sched.BootException;
import io.github.jdbcpglite.wasm.sched.PostgresCluster;
import io.github.jdbcpglite.wasm.sched.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A cluster inside this process. */
final class EmbeddedCluster implements ClusterService {
    private static final System.Logger LOG = System.getLogger(EmbeddedCluster.class.getName());
    private static final int DEFAULT_MAX_CONNECTIONS = 100;

    private final PgliteImage image;
    private final ClusterOptions options;
    private final ServerLog log;
    private final ClusterStorage storage;
    private PostgresCluster cluster;
    private boolean closed;

    private EmbeddedCluster(
            PgliteImage image, ClusterOptions options, ServerLog log, ClusterStorage storage)
            throws ClusterException {
        this.image = image;
        this.options = options;
        this.log = log;
        this.storage = storage;
        this.cluster = boot(image, options, log, storage);
    }

    /**
     * Opens a cluster.
     *
     * @param filter is put over the files of a directory, for tests
     */
    static EmbeddedCluster open(
            PgliteImage image, ClusterOptions options, UnaryOperator<FileSystem> filter)
            throws ClusterException {
        ServerLog log = new ServerLog(options.name());
        ClusterStorage storage = storage(image, options, log, filter);
        boolean done = false;
        try {
            EmbeddedCluster opened = new EmbeddedCluster(image, options, log, storage);
            done = true;
            return opened;
        } finally {
            if (!done) {
                closeAfterFailure(storage);
            }
        }
    }

    private static ClusterStorage storage(
            PgliteImage image,
            ClusterOptions options,
            ServerLog log,
            UnaryOperator<FileSystem> filter)
            throws ClusterException {
        if (options.directory().isPresent()) {
            return DirectoryStorage.open(image, options.directory().get(), options, log, filter);
        }
        try {
            return new MemoryStorage(
                    options.source().isPresent()
                            ? ClusterFiles.fromBackup(image, log, options.source().get())
                            : ClusterFiles.inMemory(image, log));
        } catch (ErrnoException e) {
            throw new ClusterException(
                    ClusterException.Kind.START_FAILED,
                    "the files of the cluster " + options.name() + " could not be made: " + e,
                    log.recent(),
                    e);
        }
    }

    private static void closeAfterFailure(ClusterStorage storage) {
        try {
            storage.close();
        } catch (ClusterException e) {
            LOG.log(System.Logger.Level.WARNING, "closing after a failed start failed", e);
        }
    }

    private static PostgresCluster boot(
            PgliteImage image, ClusterOptions options, ServerLog log, ClusterStorage storage)
            throws ClusterException {
        Program program =
                new Program(
                        image.main().compiled(), path -> sideModule(image, path), storage.files());
        int maxConnections = options.maxConnections().orElse(DEFAULT_MAX_CONNECTIONS);
        storage.beforeBoot();
        try {
            PostgresCluster booted =
                    PostgresCluster.boot(
                            options.name(),
                            program,
                            settings(options, storage, maxConnections),
                            maxConnections,
                            storage.isLasting());
            storage.afterBoot();
            return booted;
        } catch (BootException e) {
            throw new ClusterException(
                    ClusterException.Kind.START_FAILED,
                    "the cluster " + options.name() + " did not start: " + e.getMessage(),
                    log.recent(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException(
                    ClusterException.Kind.START_FAILED,
                    "interrupted while the cluster " + options.name() + " started",
                    log.recent(),
                    e);
        }
    }

    @SuppressWarnings("NullAway") // the caller takes null for an absent library
    private static CompiledModule sideModule(PgliteImage image, String path) {
        return image.sideModule(path).map(ModuleImage::compiled).orElse(null);
    }

    private static Map<String, String> settings(
            ClusterOptions options, ClusterStorage storage, int maxConnections) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.putAll(storage.settings());
        settings.put("shared_buffers", "16MB");
        settings.put("min_dynamic_shared_memory", "8MB");
        settings.put("max_prepared_transactions", "100");
        settings.putAll(options.settings());
        // These follow from how the processes run here, whatever is asked for.
        settings.put("exit_on_error", "false");
        settings.put("io_method", "sync");
        // A checkpoint runs as a whole: another one in the middle of it would be the later one.
        settings.put("checkpoint_completion_target", "0");
        settings.put("max_worker_processes", "0");
        settings.put("max_parallel_workers", "0");
        settings.put("max_parallel_workers_per_gather", "0");
        settings.put("max_parallel_maintenance_workers", "0");
        settings.put("max_connections", Integer.toString(maxConnections));
        return settings;
    }

    @Override
    public DuplexChannel connect() throws ClusterException {
        DuplexChannel channel = new DuplexChannel();
        try {
            running().serve(channel.server());
        } catch (IllegalStateException e) {
            throw new ClusterException(
                    ClusterException.Kind.CLOSED, String.valueOf(e.getMessage()), log.recent(), e);
        }
        return channel;
    }

    /** Returns the cluster, booted again over its files if it has crashed. */
    private synchronized PostgresCluster running() throws ClusterException {
        if (closed) {
            throw new ClusterException(
                    ClusterException.Kind.CLOSED, "the cluster " + options.name() + " is closed");
        }
        if (cluster.crashed()) {
            cluster.close();
            cluster = boot(image, options, log, storage);
        }
        return cluster;
    }

    @Override
    public void backup(Path target) throws ClusterException {
        PostgresCluster source = running();
        Contents contents = GuestContents.of(storage.files(), ClusterFiles.DATA_DIRECTORY);
        try {
            Path absolute = target.toAbsolutePath();
            if (TarArchive.isArchiveName(absolute)) {
                source.<IOException>whileNoneRuns(() -> TarArchive.write(absolute, contents));
            } else {
                source.<DirectoryException>whileNoneRuns(
                        () -> DataDirectory.write(absolute, contents));
            }
        } catch (DirectoryException | IOException e) {
            throw new ClusterException(
                    ClusterException.Kind.RESOURCE,
                    "the cluster "
                            + options.name()
                            + " could not be copied to "
                            + target
                            + ": "
                            + e.getMessage(),
                    List.of(),
                    e);
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        cluster.close();
        if (storage.isLasting() && !cluster.wasShutDown()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the cluster {0} was closed without a last checkpoint; it recovers when it is"
                            + " opened again",
                    options.name());
        }
        try {
            storage.close();
        } catch (ClusterException e) {
            throw new IllegalStateException(
                    "the files of the cluster " + options.name() + " could not be closed", e);
        }
    }

    @Override
    public String name() {
        return options.name();
    }

    @Override
    public synchronized int backendCount() {
        return cluster.backendCount();
    }

    @Override
    public List<String> recentLog() {
        return log.recent();
    }
}
