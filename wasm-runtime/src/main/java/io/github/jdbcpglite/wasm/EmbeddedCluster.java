package io.github.jdbcpglite.wasm;

import io.github.jdbcpglite.wasm.emscripten.CompiledModule;
import io.github.jdbcpglite.wasm.fs.ErrnoException;
import io.github.jdbcpglite.wasm.fs.MemoryFileSystem;
import io.github.jdbcpglite.wasm.image.ImageException;
import io.github.jdbcpglite.wasm.image.ModuleImage;
import io.github.jdbcpglite.wasm.image.PgliteImage;
import io.github.jdbcpglite.wasm.io.DuplexChannel;
import io.github.jdbcpglite.wasm.sched.BootException;
import io.github.jdbcpglite.wasm.sched.ClusterImage;
import io.github.jdbcpglite.wasm.sched.PostgresCluster;
import io.github.jdbcpglite.wasm.sched.Program;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A cluster inside this process. */
final class EmbeddedCluster implements ClusterService {
    private static final String PRELOAD = "shared_preload_libraries";

    private final PgliteImage image;
    private final ClusterExtensions extensions;
    private final ClusterOptions options;
    private final Map<String, String> settings;
    private final ServerLog log;
    private final MemoryFileSystem files;
    private PostgresCluster cluster;
    private boolean closed;

    private EmbeddedCluster(
            PgliteImage image,
            ClusterExtensions extensions,
            ClusterOptions options,
            Map<String, String> settings,
            ClusterTemplate template,
            ServerLog log)
            throws ClusterException, ErrnoException {
        this.image = image;
        this.extensions = extensions;
        this.options = options;
        this.settings = settings;
        this.log = log;
        this.files = ClusterFiles.cloneOf(template, extensions, log);
        this.cluster = start(template.memory(settings).orElse(null));
    }

    static EmbeddedCluster open(ImageTemplates templates, ClusterOptions options)
            throws ClusterException {
        if (options.directory().isPresent()) {
            throw new ClusterException(
                    ClusterException.Kind.UNSUPPORTED,
                    "clusters in a directory are not part of this version yet; use memory:");
        }
        ServerLog log = new ServerLog(options.name());
        try {
            Map<String, String> settings = settings(options);
            ClusterTemplate template =
                    options.template().isPresent()
                            ? options.template().get()
                            : templates.forSettings(settings);
            ClusterExtensions extensions = ClusterExtensions.find(templates.image(), options);
            extensions.checkPreloaded(settings.getOrDefault(PRELOAD, ""));
            return new EmbeddedCluster(
                    templates.image(), extensions, options, settings, template, log);
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

    /** A clone for which nothing else is asked keeps the settings of what it is cloned from. */
    private static Map<String, String> settings(ClusterOptions options) {
        if (options.template().isPresent()
                && options.settings().isEmpty()
                && options.maxConnections().isEmpty()) {
            return options.template().get().settings();
        }
        return ClusterSettings.of(
                options.settings(),
                options.maxConnections().orElse(ClusterSettings.DEFAULT_MAX_CONNECTIONS));
    }

    /** Starts from an image of memory, or boots if there is none. */
    private PostgresCluster start(@Nullable ClusterImage memory) throws ClusterException {
        Program program =
                new Program(image.main().module(), this::sideModule, extensions::hint, files);
        int maxConnections = ClusterSettings.maxConnections(settings);
        try {
            return memory == null
                    ? PostgresCluster.boot(options.name(), program, settings, maxConnections)
                    : PostgresCluster.start(options.name(), program, memory, maxConnections);
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
    private CompiledModule sideModule(String path) {
        return image.sideModule(path)
                .map(ModuleImage::compiled)
                .orElseGet(() -> extensions.module(path));
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
            cluster = start(null);
        }
        return cluster;
    }

    @Override
    public ClusterTemplate template() throws ClusterException {
        PostgresCluster source = running();
        MemoryFileSystem[] copy = new MemoryFileSystem[1];
        try {
            ClusterImage memory = source.freeze(() -> copy[0] = files.copy());
            // With backends at work the files are as after a power failure; a clone recovers.
            return new ClusterTemplate(memory == null ? files.copy() : copy[0], memory, settings);
        } catch (ErrnoException e) {
            throw new ClusterException(
                    ClusterException.Kind.START_FAILED,
                    "the cluster " + options.name() + " could not be copied: " + e,
                    log.recent(),
                    e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        cluster.close();
        files.close();
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
