package io.github.jdbcpglite.postgres.internal.opening;

import io.github.jdbcpglite.engine.budget.MemoryBudget;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileSystem;
import io.github.jdbcpglite.host.fs.directory.HostFileSystem;
import io.github.jdbcpglite.host.fs.layer.BarrierFileSystem;
import io.github.jdbcpglite.host.fs.layer.MountedFileSystem;
import io.github.jdbcpglite.host.fs.layer.PrivateFileSystem;
import io.github.jdbcpglite.host.fs.memory.MemoryFileSystem;
import io.github.jdbcpglite.postgres.cluster.ClusterException;
import io.github.jdbcpglite.postgres.cluster.ClusterOption;
import io.github.jdbcpglite.postgres.cluster.ClusterOptions;
import io.github.jdbcpglite.postgres.cluster.Durability;
import io.github.jdbcpglite.postgres.internal.datadir.Contents;
import io.github.jdbcpglite.postgres.internal.datadir.DataDirectory;
import io.github.jdbcpglite.postgres.internal.datadir.DirectoryException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A data directory of the host, mounted where the guest has PGDATA. All else the guest sees is in
 * memory, from the image.
 */
final class DirectoryStorage implements ClusterStorage {
    private static final int MAX_OPEN_FILES = 512;

    /** What a checkpoint promises to be on the disk. WAL is forced when it has to be. */
    private static final Pattern CHECKPOINTED =
            Pattern.compile(
                    "/(base|global|pg_xact|pg_multixact|pg_commit_ts|pg_twophase"
                            + "|pg_tblspc)/.*");

    /** Temporary relations and files, which nobody needs after a crash. */
    private static final Pattern TEMPORARY = Pattern.compile(".*/(t[0-9]+_[^/]*|pgsql_tmp.*)");

    /**
     * Directories that this JVM has made, with the backups: a URL with one can be used again while
     * the program runs. One short text for each such directory.
     */
    private static final Set<String> LOADED = ConcurrentHashMap.newKeySet();

    private final DataDirectory directory;
    private final PrivateFileSystem data;
    private final FileSystem files;
    private final MemoryBudget budget;
    private final Durability durability;

    private DirectoryStorage(
            DataDirectory directory,
            PrivateFileSystem data,
            FileSystem files,
            MemoryBudget budget,
            Durability durability) {
        this.directory = directory;
        this.data = data;
        this.files = files;
        this.budget = budget;
        this.durability = durability;
    }

    /**
     * Opens a directory, making it if there is none.
     *
     * @param extensions whose files are added to the program's
     * @param options with the directory
     * @param log takes what PostgreSQL writes to its standard error
     * @param budget what the cluster may take of the heap
     * @param filter is put over the directory's files, for tests
     */
    static DirectoryStorage open(
            StoredTemplates templates,
            ClusterExtensions extensions,
            ClusterOptions options,
            OutputStream log,
            MemoryBudget budget,
            UnaryOperator<FileSystem> filter)
            throws ClusterException {
        Path path = options.get(ClusterOption.DIRECTORY).orElseThrow();
        Durability durability = durability(options);
        DataDirectory directory;
        try {
            directory =
                    DataDirectory.open(
                            path,
                            Contents.ownControlFile(templates.image()),
                            creation(templates, options));
        } catch (DirectoryException e) {
            throw translate(e);
        }
        MemoryFileSystem program = null;
        boolean done = false;
        try {
            requireLoaded(directory, options.get(ClusterOption.SOURCE));
            FileSystem host =
                    filter.apply(
                            HostFileSystem.open(
                                    directory.path(), MAX_OPEN_FILES, DataDirectory.HIDDEN_NAMES));
            PrivateFileSystem data =
                    new PrivateFileSystem(
                            new BarrierFileSystem(
                                    host, "/global/pg_control", DirectoryStorage::isCheckpointed),
                            "/postmaster.pid");
            program = ClusterFiles.copyOf(templates.program(), extensions, log, budget);
            FileSystem files =
                    MountedFileSystem.builder(program)
                            .mount(ClusterFiles.DATA_DIRECTORY, data)
                            .build();
            done = true;
            return new DirectoryStorage(directory, data, files, budget, durability);
        } catch (IOException | ErrnoException e) {
            throw new ClusterException(
                    ClusterException.Kind.RESOURCE,
                    "Cannot use the data directory " + path + ": " + e,
                    List.of(),
                    e);
        } finally {
            if (!done) {
                if (program != null) {
                    program.close();
                }
                closeQuietly(directory);
            }
        }
    }

    /** Returns what a directory without a cluster becomes, or {@code null} if it is refused. */
    private static DataDirectory.@Nullable Creation creation(
            StoredTemplates templates, ClusterOptions options) {
        if (options.isOn(ClusterOption.MUST_EXIST)) {
            return null;
        }
        Contents contents =
                options.get(ClusterOption.SOURCE)
                        .map(Contents::ofBackup)
                        .orElseGet(() -> Contents.fresh(templates.image()));
        return new DataDirectory.Creation(
                contents, durability(options) != Durability.OFF, options.has(ClusterOption.SETUP));
    }

    private static Durability durability(ClusterOptions options) {
        return options.get(ClusterOption.DURABILITY).orElse(Durability.FULL);
    }

    /** A backup that would not be loaded is refused, unless this JVM has loaded it before. */
    private static void requireLoaded(DataDirectory directory, Optional<Path> source)
            throws ClusterException {
        if (source.isEmpty()) {
            return;
        }
        String loading = directory.path() + "\0" + source.get();
        if (directory.wasCreated()) {
            LOADED.add(loading);
        } else if (!LOADED.contains(loading)) {
            throw new ClusterException(
                    ClusterException.Kind.INVALID,
                    "pglite.load="
                            + source.get()
                            + " was not loaded: the directory "
                            + directory.path()
                            + " holds a cluster already. Leave pglite.load out to open that, or"
                            + " name a directory that is new or empty");
        }
    }

    private static void closeQuietly(DataDirectory directory) {
        try {
            directory.close();
        } catch (DirectoryException e) {
            System.getLogger(DirectoryStorage.class.getName())
                    .log(System.Logger.Level.WARNING, "closing a data directory failed", e);
        }
    }

    private static boolean isCheckpointed(String path) {
        return CHECKPOINTED.matcher(path).matches() && !TEMPORARY.matcher(path).matches();
    }

    static ClusterException translate(DirectoryException e) {
        ClusterException.Kind kind =
                switch (e.reason()) {
                    case IN_USE -> ClusterException.Kind.IN_USE;
                    case UNSUITABLE -> ClusterException.Kind.START_FAILED;
                    case ABSENT -> ClusterException.Kind.ABSENT;
                    case FAILED -> ClusterException.Kind.RESOURCE;
                };
        return new ClusterException(kind, String.valueOf(e.getMessage()), List.of(), e);
    }

    @Override
    public FileSystem files() {
        return files;
    }

    @Override
    public MemoryBudget budget() {
        return budget;
    }

    @Override
    public Map<String, String> settings() {
        return switch (durability) {
            case FULL -> Map.of("fsync", "on");
            case RELAXED -> Map.of("fsync", "on", "synchronous_commit", "off");
            case OFF -> Map.of("fsync", "off", "full_page_writes", "off");
        };
    }

    @Override
    public boolean isLasting() {
        return true;
    }

    @Override
    public boolean isNew() {
        return directory.wasCreated();
    }

    @Override
    public void complete() throws ClusterException {
        try {
            directory.complete();
        } catch (DirectoryException e) {
            throw translate(e);
        }
    }

    @Override
    public void beforeBoot() throws ClusterException {
        try {
            directory.beforeBoot();
            data.forget(); // what a crashed cluster believed in
        } catch (DirectoryException e) {
            throw translate(e);
        } catch (ErrnoException e) {
            throw new ClusterException(
                    ClusterException.Kind.RESOURCE,
                    "the files of " + directory.path() + " cannot be used: " + e,
                    List.of(),
                    e);
        }
    }

    @Override
    public boolean needsRecovery() throws ClusterException {
        try {
            return !directory.isShutDown();
        } catch (DirectoryException e) {
            throw translate(e);
        }
    }

    @Override
    public long memoryBytes() {
        return -1;
    }

    @Override
    public void close() throws ClusterException {
        ErrnoException failure = null;
        try {
            files.close();
        } catch (ErrnoException e) {
            failure = e;
        }
        try {
            directory.close();
        } catch (DirectoryException e) {
            throw translate(e);
        }
        if (failure != null) {
            throw new ClusterException(
                    ClusterException.Kind.RESOURCE,
                    "files in " + directory.path() + " could not be closed: " + failure,
                    List.of(),
                    failure);
        }
    }
}
