package io.github.jdbcpglite.wasm.directory;

import io.github.jdbcpglite.wasm.directory.DirectoryException.Reason;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A data directory that this process has open: inspected, locked and, where it was empty or absent,
 * made. For one thread at a time.
 */
public final class DataDirectory implements AutoCloseable {
    /** Names in the directory that the guest must not see. */
    public static final Set<String> HIDDEN_NAMES = Set.of(LockFile.NAME, DirectoryMaker.MARKER);

    private static final String VERSION_FILE = "PG_VERSION";
    private static final String VERSION = "18";
    private static final int MAX_NAMED = 3;

    /** Without these PostgreSQL would not start, or start and then fail. */
    private static final List<String> REQUIRED =
            List.of("base", "global", ControlFile.PATH, "pg_wal", "pg_xact", "pg_multixact");

    private enum State {
        ABSENT,
        EMPTY,
        HALF_MADE,
        COMPLETE
    }

    private final Path path;
    private final LockFile lock;
    private final PidFile pidFile;
    private final boolean created;
    private final boolean durable;
    private boolean incomplete;

    private DataDirectory(
            Path path, LockFile lock, PidFile pidFile, boolean created, boolean durable) {
        this.path = path;
        this.lock = lock;
        this.pidFile = pidFile;
        this.created = created;
        this.durable = durable;
        this.incomplete = created;
    }

    /**
     * Opens a directory, making it if it does not exist or holds nothing. One that was made has to
     * be {@link #complete completed}: if it is closed before, it is emptied again, and if the
     * process dies before, the next one to open it makes it again.
     *
     * @param directory absolute
     * @param ownControlFile the control file of a directory that this PostgreSQL made
     * @param contents what a new one is made of
     * @param durable whether a new one is on the disk when this returns
     * @throws DirectoryException if it cannot be used; then nothing in it was changed, unless
     *     writing a new one failed, which a later call completes
     */
    public static DataDirectory open(
            Path directory, byte[] ownControlFile, Contents contents, boolean durable)
            throws DirectoryException {
        ControlFile own = new ControlFile(ownControlFile);
        try {
            State before = inspect(directory, own);
            if (before == State.ABSENT) {
                Files.createDirectories(directory);
            }
            Path path = directory.toRealPath();
            LockFile lock = LockFile.take(path);
            boolean done = false;
            try {
                // Another process may have made or opened it meanwhile.
                State state = inspect(path, own);
                PidFile pidFile = new PidFile(path);
                pidFile.requireNoServer(lock.formerHolder());
                boolean create = state != State.COMPLETE;
                if (create) {
                    DirectoryMaker.make(path, contents, durable, made -> requireUsable(made, own));
                }
                done = true;
                return new DataDirectory(path, lock, pidFile, create, durable);
            } finally {
                if (!done) {
                    lock.close();
                }
            }
        } catch (IOException e) {
            throw new DirectoryException(
                    Reason.FAILED, "Cannot use the data directory " + directory + ": " + e, e);
        }
    }

    /**
     * Returns the contents of a directory that holds a cluster, to be copied at one moment when
     * nobody has it open. Nothing in it is changed, not even a lock file made.
     *
     * @param directory absolute
     * @param ownControlFile the control file of a directory that this PostgreSQL made
     * @throws DirectoryException if it holds no cluster that this PostgreSQL can open; copying
     *     throws an {@code IOException} with one as its cause if somebody has it open
     */
    public static Contents unchanged(Path directory, byte[] ownControlFile)
            throws DirectoryException {
        try {
            State state = inspect(directory, new ControlFile(ownControlFile));
            if (state != State.COMPLETE) {
                throw unsuitable(
                        directory, "there is no cluster in it, and it is only to be read", null);
            }
            Path path = directory.toRealPath();
            return sink -> copyUnused(path, sink);
        } catch (IOException e) {
            throw new DirectoryException(
                    Reason.FAILED, "Cannot read the data directory " + directory + ": " + e, e);
        }
    }

    private static void copyUnused(Path path, Contents.Sink sink) throws IOException {
        try {
            LockFile.whileUnused(
                    path,
                    former -> {
                        new PidFile(path).requireNoServer(former);
                        DirectoryCopy.copy(path, sink);
                    });
        } catch (DirectoryException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static State inspect(Path directory, ControlFile own)
            throws IOException, DirectoryException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            for (Path child : children) {
                names.add(child.getFileName().toString());
            }
        } catch (NoSuchFileException e) {
            return State.ABSENT;
        } catch (NotDirectoryException e) {
            throw unsuitable(directory, "it is a file and not a directory", e);
        }
        names.remove(LockFile.NAME);
        if (names.contains(DirectoryMaker.MARKER)) {
            return State.HALF_MADE;
        }
        if (names.isEmpty()) {
            return State.EMPTY;
        }
        if (!names.contains(VERSION_FILE)) {
            throw unsuitable(
                    directory,
                    "it is not empty and holds no PostgreSQL data directory (there is "
                            + some(names)
                            + " and no "
                            + VERSION_FILE
                            + "); name an empty or new directory",
                    null);
        }
        requireUsable(directory, own);
        return State.COMPLETE;
    }

    private static String some(List<String> names) {
        List<String> sorted = names.stream().sorted().toList();
        return String.join(", ", sorted.subList(0, Math.min(MAX_NAMED, sorted.size())))
                + (sorted.size() > MAX_NAMED ? ", …" : "");
    }

    private static void requireUsable(Path directory, ControlFile own)
            throws IOException, DirectoryException {
        Path versionFile = directory.resolve(VERSION_FILE);
        if (!Files.exists(versionFile)) {
            throw unsuitable(
                    directory, "it is no data directory: there is no " + VERSION_FILE, null);
        }
        requireVersion(Files.readString(versionFile), directory.toString());
        for (String name : REQUIRED) {
            if (!Files.exists(directory.resolve(name))) {
                throw unsuitable(directory, "it is incomplete: " + name + " is missing", null);
            }
        }
        new ControlFile(Files.readAllBytes(directory.resolve(ControlFile.PATH)))
                .requireCompatible(own, directory.toString());
    }

    private static void requireVersion(String text, String where) throws DirectoryException {
        String version = text.strip();
        if (!version.equals(VERSION)) {
            throw unsuitable(
                    where,
                    "it was made by PostgreSQL "
                            + version
                            + " and this is PostgreSQL "
                            + VERSION
                            + "; dump it with version "
                            + version
                            + " and restore the dump here",
                    null);
        }
    }

    private static DirectoryException unsuitable(
            Object directory, String what, @Nullable Throwable cause) {
        return new DirectoryException(
                Reason.UNSUITABLE,
                "The data directory " + directory + " cannot be opened: " + what,
                cause);
    }

    /**
     * Checks that files are those of a data directory this PostgreSQL can open.
     *
     * @param version what its {@code PG_VERSION} holds
     * @param controlFile what its control file holds
     * @param ownControlFile the control file of a directory that this PostgreSQL made
     * @param where where they are from, for messages
     */
    public static void requireUsable(
            String version, byte[] controlFile, byte[] ownControlFile, String where)
            throws DirectoryException {
        requireVersion(version, where);
        new ControlFile(controlFile).requireCompatible(new ControlFile(ownControlFile), where);
    }

    /**
     * Writes a data directory that nobody uses yet.
     *
     * @param directory absolute; absent or empty
     */
    @SuppressWarnings("try") // the lock is held, not used
    public static void write(Path directory, Contents contents) throws DirectoryException {
        try {
            Files.createDirectories(directory);
            Path path = directory.toRealPath();
            requireEmpty(path); // or the lock file would be left in it
            LockFile lock = LockFile.take(path);
            try {
                requireEmpty(path);
                DirectoryMaker.make(path, contents, true, made -> {});
                DirectoryMaker.complete(path, true);
            } finally {
                lock.close();
            }
            Files.delete(path.resolve(LockFile.NAME));
        } catch (IOException e) {
            throw new DirectoryException(
                    Reason.FAILED, "Cannot write the directory " + directory + ": " + e, e);
        }
    }

    private static void requireEmpty(Path directory) throws IOException, DirectoryException {
        try (Stream<Path> present = Files.list(directory)) {
            if (present.anyMatch(child -> !child.endsWith(LockFile.NAME))) {
                throw unsuitable(directory, "it is not empty", null);
            }
        }
    }

    /** Returns the directory, with links followed. */
    public Path path() {
        return path;
    }

    /** Returns whether opening made it. */
    public boolean wasCreated() {
        return created;
    }

    /** Keeps a directory that was made; does nothing to another one, or the second time. */
    public void complete() throws DirectoryException {
        if (!incomplete) {
            return;
        }
        try {
            DirectoryMaker.complete(path, durable);
            incomplete = false;
        } catch (IOException e) {
            throw new DirectoryException(
                    Reason.FAILED, "Cannot complete the directory " + path + ": " + e, e);
        }
    }

    /** Returns whether the cluster in it was shut down and needs no recovery. */
    public boolean isShutDown() throws DirectoryException {
        try {
            return new ControlFile(Files.readAllBytes(path.resolve(ControlFile.PATH))).isShutDown();
        } catch (IOException e) {
            throw new DirectoryException(
                    Reason.FAILED, "Cannot read the control file of " + path + ": " + e, e);
        }
    }

    /** Must precede each start of PostgreSQL: what a dead one left would keep it from starting. */
    public void beforeBoot() throws DirectoryException {
        pidFile.delete();
    }

    /** Must follow each start of PostgreSQL: lets other servers find that it runs. */
    public void afterBoot() throws DirectoryException {
        pidFile.adopt();
    }

    /** Gives the directory up, when PostgreSQL has ended. */
    @Override
    public void close() throws DirectoryException {
        try (lock) {
            pidFile.delete();
            if (incomplete) {
                DirectoryMaker.undo(path);
            }
        } catch (IOException e) {
            throw new DirectoryException(
                    Reason.FAILED, "Cannot empty the directory " + path + " again: " + e, e);
        }
    }
}
