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
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
     * @param path what the options of the opening name
     */
    static DirectoryStorage open(Opening opening, Path path) throws ClusterException {
        StoredTemplates templates = opening.templates();
        ClusterOptions options = opening.options();
        DataDirectory directory;
        try {
            directory =
                    DataDirectory.open(
                            path,
                            Contents.ownControlFile(templates.image()),
                            creation(templates, options));
        } catch (DirectoryException e) {
            throw Refusals.ofDirectory(e);
        }
        MemoryFileSystem program = null;
        boolean done = false;
        try {
            requireLoaded(directory, options.get(ClusterOption.SOURCE));
            FileSystem host =
                    opening.interception()
                            .files()
                            .apply(
                                    HostFileSystem.open(
                                            directory.path(),
                                            MAX_OPEN_FILES,
                                            DataDirectory.HIDDEN_NAMES));
            PrivateFileSystem data =
                    new PrivateFileSystem(
                            new BarrierFileSystem(
                                    host, "/global/pg_control", DirectoryStorage::isCheckpointed),
                            "/postmaster.pid");
            program = ClusterFiles.copyOf(templates.program(), opening);
            FileSystem files =
                    MountedFileSystem.builder(program)
                            .mount(ClusterFiles.DATA_DIRECTORY, data)
                            .build();
            done = true;
            return new DirectoryStorage(
                    directory, data, files, opening.budget(), durability(options));
        } catch (IOException | ErrnoException e) {
            throw Refusals.ofHost("Cannot use the data directory " + path + ": " + e, e);
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
            throw Refusals.notLoaded(source.get(), directory.path());
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
            throw Refusals.ofDirectory(e);
        }
    }

    @Override
    public void beforeBoot() throws ClusterException {
        try {
            directory.beforeBoot();
            data.forget(); // what a crashed cluster believed in
        } catch (DirectoryException e) {
            throw Refusals.ofDirectory(e);
        } catch (ErrnoException e) {
            throw Refusals.ofHost("the files of " + directory.path() + " cannot be used: " + e, e);
        }
    }

    @Override
    public boolean needsRecovery() throws ClusterException {
        try {
            return !directory.isShutDown();
        } catch (DirectoryException e) {
            throw Refusals.ofDirectory(e);
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
            throw Refusals.ofDirectory(e);
        }
        if (failure != null) {
            throw Refusals.ofHost(
                    "files in " + directory.path() + " could not be closed: " + failure, failure);
        }
    }
}
