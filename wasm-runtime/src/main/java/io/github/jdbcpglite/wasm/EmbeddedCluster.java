package io.github.jdbcpglite.wasm;

import io.github.jdbcpglite.wasm.directory.Contents;
import io.github.jdbcpglite.wasm.directory.DataDirectory;
import io.github.jdbcpglite.wasm.directory.DirectoryException;
import io.github.jdbcpglite.wasm.directory.TarArchive;
import io.github.jdbcpglite.wasm.emscripten.CompiledModule;
import io.github.jdbcpglite.wasm.fs.ErrnoException;
import io.github.jdbcpglite.wasm.fs.FileSystem;
import io.github.jdbcpglite.wasm.fs.MemoryFileSystem;
import io.github.jdbcpglite.wasm.image.ModuleImage;
import io.github.jdbcpglite.wasm.image.PgliteImage;
import io.github.jdbcpglite.wasm.io.DuplexChannel;
import io.github.jdbcpglite.wasm.sched.BootException;
import io.github.jdbcpglite.wasm.sched.ClusterImage;
import io.github.jdbcpglite.wasm.sched.PostgresCluster;
import io.github.jdbcpglite.wasm.sched.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A cluster inside this process. */
final class EmbeddedCluster implements ClusterService {
    private static final System.Logger LOG = System.getLogger(EmbeddedCluster.class.getName());

    private final PgliteImage image;
    private final ClusterOptions options;
    private final Map<String, String> settings;
    private final ServerLog log;
    private final ClusterStorage storage;
    private PostgresCluster cluster;
    private boolean closed;

    /**
     * Starts a cluster over its files.
     *
     * @param memory what it starts from, or {@code null} if it boots
     */
    private EmbeddedCluster(
            PgliteImage image,
            ClusterOptions options,
            Map<String, String> settings,
            ServerLog log,
            ClusterStorage storage,
            @Nullable ClusterImage memory)
            throws ClusterException {
        this.image = image;
        this.options = options;
        this.settings = settings;
        this.log = log;
        this.storage = storage;
        this.cluster = start(memory);
    }

    /**
     * Opens a cluster.
     *
     * @param filter is put over the files of a directory, for tests
     */
    static EmbeddedCluster open(
            ImageTemplates templates, ClusterOptions options, UnaryOperator<FileSystem> filter)
            throws ClusterException {
        ServerLog log = new ServerLog(options.name());
        try {
            if (options.directory().isPresent()) {
                return openOver(
                        templates.image(),
                        options,
                        log,
                        DirectoryStorage.open(
                                templates.image(),
                                options.directory().get(),
                                options,
                                log,
                                filter));
            }
            if (options.source().isPresent()) {
                MemoryFileSystem files =
                        ClusterFiles.fromBackup(templates.image(), log, options.source().get());
                return openOver(templates.image(), options, log, new MemoryStorage(files));
            }
            return openClone(templates, options, log);
        } catch (ErrnoException e) {
            throw new ClusterException(
                    ClusterException.Kind.START_FAILED,
                    "the files of the cluster " + options.name() + " could not be made: " + e,
                    log.recent(),
                    e);
        }
    }

    private static EmbeddedCluster openOver(
            PgliteImage image, ClusterOptions options, ServerLog log, ClusterStorage storage)
            throws ClusterException {
        Map<String, String> wanted = new HashMap<>(storage.settings());
        wanted.putAll(options.settings());
        boolean done = false;
        try {
            Map<String, String> settings =
                    ClusterSettings.of(
                            wanted,
                            options.maxConnections()
                                    .orElse(ClusterSettings.DEFAULT_MAX_CONNECTIONS));
            EmbeddedCluster opened =
                    new EmbeddedCluster(image, options, settings, log, storage, null);
            done = true;
            return opened;
        } finally {
            if (!done) {
                closeAfterFailure(storage);
            }
        }
    }

    private static void closeAfterFailure(ClusterStorage storage) {
        try {
            storage.close();
        } catch (ClusterException e) {
            LOG.log(System.Logger.Level.WARNING, "closing after a failed start failed", e);
        }
    }

    private static EmbeddedCluster openClone(
            ImageTemplates templates, ClusterOptions options, ServerLog log)
            throws ClusterException, ErrnoException {
        Map<String, String> settings = settings(options);
        ClusterTemplate template =
                options.template().isPresent()
                        ? options.template().get()
                        : templates.forSettings(settings);
        return new EmbeddedCluster(
                templates.image(),
                options,
                settings,
                log,
                new MemoryStorage(ClusterFiles.cloneOf(template, log)),
                template.memory(settings).orElse(null));
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
                new Program(
                        image.main().module(), path -> sideModule(image, path), storage.files());
        int maxConnections = ClusterSettings.maxConnections(settings);
        try {
            if (memory != null) {
                return PostgresCluster.start(options.name(), program, memory, maxConnections);
            }
            storage.beforeBoot();
            PostgresCluster booted =
                    PostgresCluster.boot(
                            options.name(), program, settings, maxConnections, storage.isLasting());
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
        if (!(storage instanceof MemoryStorage inMemory)) {
            throw new ClusterException(
                    ClusterException.Kind.UNSUPPORTED,
                    "the cluster "
                            + options.name()
                            + " is in a directory, and only one in memory can be a template; load"
                            + " a backup of it into memory first");
        }
        PostgresCluster source = running();
        MemoryFileSystem files = inMemory.files();
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
        try {
            warnOfRecovery();
        } finally {
            closeStorage();
        }
    }

    private void warnOfRecovery() {
        try {
            // What the control file says is what the next boot goes by, whatever happened here.
            if (storage.needsRecovery()) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the cluster {0} was closed without a last checkpoint; it recovers when it"
                                + " is opened again",
                        options.name());
            }
        } catch (ClusterException e) {
            LOG.log(System.Logger.Level.WARNING, "the control file cannot be read", e);
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
