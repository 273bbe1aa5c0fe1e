package io.github.jdbcpglite.wasm;

import io.github.jdbcpglite.wasm.emscripten.CompiledModule;
import io.github.jdbcpglite.wasm.fs.ErrnoException;
import io.github.jdbcpglite.wasm.fs.FileSystem;
import io.github.jdbcpglite.wasm.image.ImageException;
import io.github.jdbcpglite.wasm.image.ModuleImage;
import io.github.jdbcpglite.wasm.image.PgliteImage;
import io.github.jdbcpglite.wasm.io.DuplexChannel;
import io.github.jdbcpglite.wasm.sched.BootException;
import io.github.jdbcpglite.wasm.sched.PostgresCluster;
import io.github.jdbcpglite.wasm.sched.Program;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A cluster inside this process. */
final class EmbeddedCluster implements ClusterService {
    private static final int DEFAULT_MAX_CONNECTIONS = 100;

    private static final String PRELOAD = "shared_preload_libraries";

    private final PgliteImage image;
    private final ClusterExtensions extensions;
    private final ClusterOptions options;
    private final ServerLog log;
    private final FileSystem files;
    private PostgresCluster cluster;
    private boolean closed;

    private EmbeddedCluster(
            PgliteImage image,
            ClusterExtensions extensions,
            ClusterOptions options,
            ServerLog log,
            FileSystem files)
            throws ClusterException {
        this.image = image;
        this.extensions = extensions;
        this.options = options;
        this.log = log;
        this.files = files;
        this.cluster = boot(image, extensions, options, log, files);
    }

    static EmbeddedCluster open(PgliteImage image, ClusterOptions options) throws ClusterException {
        if (options.directory().isPresent()) {
            throw new ClusterException(
                    ClusterException.Kind.UNSUPPORTED,
                    "clusters in a directory are not part of this version yet; use memory:");
        }
        ServerLog log = new ServerLog(options.name());
        try {
            ClusterExtensions extensions = ClusterExtensions.find(image, options);
            extensions.checkPreloaded(options.settings().getOrDefault(PRELOAD, ""));
            return new EmbeddedCluster(
                    image, extensions, options, log, ClusterFiles.inMemory(image, extensions, log));
        } catch (ImageException e) {
            throw new ClusterException(
                    ClusterException.Kind.START_FAILED,
                    "the cluster " + options.name() + " did not start: " + e.getMessage(),
                    log.recent(),
                    e);
        } catch (ErrnoException e) {
            throw new ClusterException(
                    ClusterException.Kind.START_FAILED,
                    "the files of the cluster " + options.name() + " could not be made: " + e,
                    log.recent(),
                    e);
        }
    }

    private static PostgresCluster boot(
            PgliteImage image,
            ClusterExtensions extensions,
            ClusterOptions options,
            ServerLog log,
            FileSystem files)
            throws ClusterException {
        Program program =
                new Program(
                        image.main().compiled(),
                        path -> sideModule(image, extensions, path),
                        extensions::hint,
                        files);
        int maxConnections = options.maxConnections().orElse(DEFAULT_MAX_CONNECTIONS);
        try {
            return PostgresCluster.boot(
                    options.name(), program, settings(options, maxConnections), maxConnections);
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
    private static CompiledModule sideModule(
            PgliteImage image, ClusterExtensions extensions, String path) {
        return image.sideModule(path)
                .map(ModuleImage::compiled)
                .orElseGet(() -> extensions.module(path));
    }

    private static Map<String, String> settings(ClusterOptions options, int maxConnections) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("fsync", "off");
        settings.put("shared_buffers", "16MB");
        settings.put("min_dynamic_shared_memory", "8MB");
        settings.put("max_prepared_transactions", "100");
        settings.putAll(options.settings());
        // These follow from how the processes run here, whatever is asked for.
        settings.put("exit_on_error", "false");
        settings.put("io_method", "sync");
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
            cluster = boot(image, extensions, options, log, files);
        }
        return cluster;
    }

    @Override
    public synchronized void close() {
        closed = true;
        cluster.close();
        try {
            files.close();
        } catch (ErrnoException e) {
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
