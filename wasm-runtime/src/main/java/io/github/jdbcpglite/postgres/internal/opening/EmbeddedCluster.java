package io.github.jdbcpglite.postgres.internal.opening;

import io.github.jdbcpglite.engine.Engine;
import io.github.jdbcpglite.engine.LibraryModule;
import io.github.jdbcpglite.engine.budget.MemoryBudget;
import io.github.jdbcpglite.host.HostFunctionFilter;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileSystem;
import io.github.jdbcpglite.host.fs.memory.MemoryFileSystem;
import io.github.jdbcpglite.postgres.channel.DuplexChannel;
import io.github.jdbcpglite.postgres.cluster.Cluster;
import io.github.jdbcpglite.postgres.cluster.ClusterException;
import io.github.jdbcpglite.postgres.cluster.ClusterMetrics;
import io.github.jdbcpglite.postgres.cluster.ClusterOption;
import io.github.jdbcpglite.postgres.cluster.ClusterOptions;
import io.github.jdbcpglite.postgres.cluster.ClusterSetup;
import io.github.jdbcpglite.postgres.cluster.ClusterTemplate;
import io.github.jdbcpglite.postgres.internal.boot.BootException;
import io.github.jdbcpglite.postgres.internal.boot.ClusterImage;
import io.github.jdbcpglite.postgres.internal.datadir.ClusterIdentity;
import io.github.jdbcpglite.postgres.internal.distribution.Distribution;
import io.github.jdbcpglite.postgres.internal.distribution.DistributionException;
import io.github.jdbcpglite.postgres.internal.distribution.StoredModule;
import io.github.jdbcpglite.postgres.internal.postmaster.Postmaster;
import io.github.jdbcpglite.postgres.internal.process.ClusterCounters;
import io.github.jdbcpglite.postgres.internal.process.ClusterEnvironment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A cluster inside this process. */
public final class EmbeddedCluster implements Cluster {
    private static final String PRELOAD = "shared_preload_libraries";

    private final Distribution image;
    private final Engine engine;
    private final ClusterExtensions extensions;
    private final ClusterOptions options;
    private final Map<String, String> settings;
    private final ServerLog log;
    private final ClusterStorage storage;
    private final HostFunctionFilter calls;
    private final ClusterCounters counters = new ClusterCounters();

    /** Replaced, with the monitor held, when it has crashed. */
    private volatile Postmaster cluster;

    private boolean closed;

    /**
     * Starts a cluster over its files.
     *
     * @param memory what it starts from, or {@code null} if it boots
     */
    private EmbeddedCluster(
            StoredTemplates templates,
            ClusterExtensions extensions,
            ClusterOptions options,
            Map<String, String> settings,
            ServerLog log,
            ClusterStorage storage,
            HostFunctionFilter calls,
            @Nullable ClusterImage memory)
            throws ClusterException {
        this.image = templates.image();
        this.engine = templates.engine();
        this.extensions = extensions;
        this.options = options;
        this.settings = settings;
        this.log = log;
        this.storage = storage;
        this.calls = calls;
        this.cluster = memory == null ? boot() : start(memory);
    }

    /**
     * Opens a cluster.
     *
     * @param filter is put over the files of a directory, for tests
     * @param calls is put around host functions, for tests
     */
    public static EmbeddedCluster open(
            StoredTemplates templates,
            ClusterOptions options,
            UnaryOperator<FileSystem> filter,
            HostFunctionFilter calls)
            throws ClusterException {
        ServerLog log = new ServerLog(options.name());
        MemoryBudget budget =
                options.has(ClusterOption.MEMORY_LIMIT_BYTES)
                        ? MemoryBudget.limitedTo(
                                options.get(ClusterOption.MEMORY_LIMIT_BYTES).orElseThrow())
                        : MemoryBudget.ofHeap();
        try {
            ClusterExtensions extensions = ClusterExtensions.find(templates.image(), options);
            extensions.checkPreloaded(options.settings().getOrDefault(PRELOAD, ""));
            if (options.has(ClusterOption.DIRECTORY) || options.has(ClusterOption.SOURCE)) {
                ClusterStorage storage =
                        existing(templates, extensions, options, log, budget, filter);
                return open(templates, extensions, options, log, storage, calls, null);
            }
            FrozenCluster template =
                    options.has(ClusterOption.TEMPLATE)
                            ? frozenTemplate(options)
                            : templates.forSettings(settings(options, MemoryStorage.SETTINGS));
            MemoryFileSystem files =
                    ClusterFiles.cloneOf(template.files(), extensions, log, budget);
            MemoryStorage storage = new MemoryStorage(files, budget, true);
            return open(templates, extensions, options, log, storage, calls, template);
        } catch (DistributionException e) {
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

    /** Returns the files of a cluster that is in a directory or comes from a backup. */
    private static ClusterStorage existing(
            StoredTemplates templates,
            ClusterExtensions extensions,
            ClusterOptions options,
            ServerLog log,
            MemoryBudget budget,
            UnaryOperator<FileSystem> filter)
            throws ClusterException, ErrnoException {
        if (!options.has(ClusterOption.DIRECTORY)) {
            Path backup = options.get(ClusterOption.SOURCE).orElseThrow();
            return new MemoryStorage(
                    ClusterFiles.fromBackup(templates, extensions, log, budget, backup),
                    budget,
                    true);
        }
        if (options.isOn(ClusterOption.READ_ONLY)) {
            Path directory = options.get(ClusterOption.DIRECTORY).orElseThrow();
            return new MemoryStorage(
                    ClusterFiles.fromUnchanged(templates, extensions, log, budget, directory),
                    budget,
                    false);
        }
        return DirectoryStorage.open(templates, extensions, options, log, budget, filter);
    }

    private static EmbeddedCluster open(
            StoredTemplates templates,
            ClusterExtensions extensions,
            ClusterOptions options,
            ServerLog log,
            ClusterStorage storage,
            HostFunctionFilter calls,
            @Nullable FrozenCluster template)
            throws ClusterException {
        boolean done = false;
        try {
            Optional<Path> backup = options.get(ClusterOption.BACKUP_AT_CLOSE);
            if (backup.isPresent()) {
                BackupTarget.requireReplaceable(backup.get(), storage);
            }
            Map<String, String> settings = settings(options, storage.settings());
            Optional<ClusterImage> memory =
                    template == null ? Optional.empty() : template.memory(settings);
            EmbeddedCluster opened =
                    new EmbeddedCluster(
                            templates,
                            extensions,
                            options,
                            settings,
                            log,
                            storage,
                            calls,
                            memory.orElse(null));
            opened.setUp();
            done = true;
            return opened;
        } catch (ErrnoException e) {
            throw new ClusterException(
                    ClusterException.Kind.RESOURCE,
                    "the files of the cluster " + options.name() + " cannot be read: " + e,
                    log.recent(),
                    e);
        } finally {
            if (!done) {
                closeAfterFailure(storage);
            }
        }
    }

    /** Has a new cluster filled. If that fails, all that is left to close is the storage. */
    private void setUp() throws ClusterException {
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

    private static void closeAfterFailure(ClusterStorage storage) {
        try {
            storage.close();
        } catch (ClusterException e) {
            log().log(System.Logger.Level.WARNING, "closing after a failed start failed", e);
        }
    }

    /** A clone for which nothing else is asked keeps the settings of what it is cloned from. */
    private static Map<String, String> settings(
            ClusterOptions options, Map<String, String> storage) {
        if (options.has(ClusterOption.TEMPLATE)
                && options.settings().isEmpty()
                && !options.has(ClusterOption.MAX_CONNECTIONS)) {
            return frozenTemplate(options).settings();
        }
        return ClusterSettings.of(
                storage,
                options.settings(),
                options.get(ClusterOption.MAX_CONNECTIONS)
                        .orElse(ClusterSettings.DEFAULT_MAX_CONNECTIONS));
    }

    private static FrozenCluster frozenTemplate(ClusterOptions options) {
        return (FrozenCluster) options.get(ClusterOption.TEMPLATE).orElseThrow();
    }

    private ClusterEnvironment program() {
        return new ClusterEnvironment(
                engine,
                image.main().module(engine),
                image.binary(),
                this::library,
                extensions::hint,
                storage.files(),
                storage.budget(),
                calls);
    }

    private @Nullable LibraryModule library(String path) {
        Optional<StoredModule> own = image.sideModule(path);
        return own.isPresent() ? own.get().library(engine) : extensions.module(engine, path);
    }

    private Postmaster start(ClusterImage memory) throws ClusterException {
        try {
            long identifier = ClusterIdentity.read(storage.files(), ClusterFiles.DATA_DIRECTORY);
            return Postmaster.start(
                    options.name(),
                    program(),
                    memory,
                    identifier,
                    ClusterSettings.maxConnections(settings),
                    counters);
        } catch (ErrnoException e) {
            throw startFailed("its files cannot be read: " + e, e);
        }
    }

    private Postmaster boot() throws ClusterException {
        storage.beforeBoot();
        try {
            return Postmaster.boot(
                    options.name(),
                    program(),
                    settings,
                    ClusterSettings.maxConnections(settings),
                    storage.isLasting(),
                    counters);
        } catch (BootException e) {
            throw startFailed(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw startFailed("interrupted", e);
        }
    }

    private ClusterException startFailed(String why, Exception cause) {
        return new ClusterException(
                ClusterException.Kind.START_FAILED,
                "the cluster " + options.name() + " did not start: " + why,
                log.recent(),
                cause);
    }

    @Override
    public DuplexChannel connect() throws ClusterException {
        while (true) {
            Postmaster target = running();
            try {
                DuplexChannel channel = new DuplexChannel();
                if (!target.serve(channel.server())) {
                    throw outOfMemory();
                }
                return channel;
            } catch (OutOfMemoryError e) {
                throw new ClusterException(
                        ClusterException.Kind.OUT_OF_MEMORY,
                        "there is no memory or no thread for another session: " + e.getMessage(),
                        List.of(),
                        e);
            } catch (IllegalStateException e) {
                // One that has crashed a moment ago is followed by its recovered successor.
                if (!target.crashed()) {
                    throw new ClusterException(
                            ClusterException.Kind.CLOSED,
                            String.valueOf(e.getMessage()),
                            log.recent(),
                            e);
                }
            }
        }
    }

    private ClusterException outOfMemory() {
        return new ClusterException(
                ClusterException.Kind.OUT_OF_MEMORY,
                "there is no memory for another session: "
                        + (options.has(ClusterOption.MEMORY_LIMIT_BYTES)
                                ? "the cluster has reached its pglite.memory, or the heap of the"
                                        + " JVM is full; raise them (-Xmx), or close sessions"
                                : "the heap of the JVM is full; raise it (-Xmx), or close"
                                        + " sessions"));
    }

    /** Returns the cluster, booted again over its files if it has crashed. */
    private synchronized Postmaster running() throws ClusterException {
        if (closed) {
            throw new ClusterException(
                    ClusterException.Kind.CLOSED, "the cluster " + options.name() + " is closed");
        }
        if (cluster.crashed()) {
            cluster.close();
            cluster = boot();
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
        Postmaster source = running();
        MemoryFileSystem files = inMemory.files();
        MemoryFileSystem[] copy = new MemoryFileSystem[1];
        try {
            ClusterImage memory =
                    source.freeze(
                            () -> {
                                copy[0] = files.copy();
                                return ClusterIdentity.read(copy[0], ClusterFiles.DATA_DIRECTORY);
                            });
            // With backends at work the files are as after a power failure; a clone recovers.
            return new FrozenCluster(memory == null ? files.copy() : copy[0], memory, settings);
        } catch (ErrnoException e) {
            throw new ClusterException(
                    ClusterException.Kind.RESOURCE,
                    "the cluster " + options.name() + " could not be copied: " + e,
                    log.recent(),
                    e);
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
        closed = true;
        cluster.close();
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
            throw new ClusterException(
                    ClusterException.Kind.RESOURCE,
                    "the control file of the cluster " + options.name() + " cannot be read: " + e,
                    List.of(),
                    e);
        }
    }

    @Override
    public String name() {
        return options.name();
    }

    @Override
    public int backendCount() {
        return cluster.backendCount();
    }

    @Override
    public ClusterMetrics metrics() {
        return cluster.processes().metrics(counters, log.checkpoints(), storage.memoryBytes());
    }

    @Override
    public List<String> recentLog() {
        return log.recent();
    }

    private static System.Logger log() {
        return System.getLogger(EmbeddedCluster.class.getName());
    }
}
