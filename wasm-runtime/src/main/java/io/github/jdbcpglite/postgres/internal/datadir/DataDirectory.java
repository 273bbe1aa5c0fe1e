package io.github.jdbcpglite.postgres.internal.datadir;

import io.github.jdbcpglite.platform.FileOwners;
import io.github.jdbcpglite.postgres.internal.datadir.DirectoryException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A data directory that this process has open: inspected, locked and, where it was empty or absent,
 * made. For one thread at a time.
 */
public final class DataDirectory implements AutoCloseable {
    /** Names in the directory that the guest must not see. */
    public static final Set<String> HIDDEN_NAMES =
            Set.of(LockFile.NAME, Marker.NAME, PidFile.PARTIAL);

    /** The file by which a directory is known for a data directory. */
    static final String VERSION_FILE = "PG_VERSION";

    /** What such a file may have; it has a number. */
    static final int MAX_VERSION_BYTES = 64;

    private static final String VERSION = "18";
    private static final int MAX_NAMED = 3;
    private static final int DIRECTORY_MODE = 0700;
    private static final int ALLOWED_MODES = 0750;

    /** Directories without which PostgreSQL would not start, or start and then fail. */
    private static final List<String> REQUIRED =
            List.of("base", "global", "pg_wal", "pg_xact", "pg_multixact");

    /**
     * What a directory that holds no cluster becomes.
     *
     * @param contents what it is made of
     * @param durable whether it is on the disk when it is open
     * @param filled whether it has to be {@link DataDirectory#complete completed} before it is kept
     */
    public record Creation(Contents contents, boolean durable, boolean filled) {}

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

    private DataDirectory(Path path, LockFile lock, PidFile pidFile, @Nullable Creation creation) {
        this.path = path;
        this.lock = lock;
        this.pidFile = pidFile;
        this.created = creation != null;
        this.durable = creation != null && creation.durable();
        this.incomplete = creation != null && creation.filled();
    }

    /**
     * Opens a directory, making it if it does not exist or holds nothing. One that was made to be
     * filled has to be {@link #complete completed}: if it is closed before, it is emptied again,
     * and if the process dies before, the next one to open it makes it again.
     *
     * @param directory absolute
     * @param ownControlFile the control file of a directory that this PostgreSQL made
     * @param creation what a new one becomes; {@code null} if it must hold a cluster
     * @throws DirectoryException if it cannot be used; then nothing in it was changed, unless
     *     writing a new one failed, which a later call completes
     */
    public static DataDirectory open(
            Path directory, byte[] ownControlFile, @Nullable Creation creation)
            throws DirectoryException {
        ControlFile own = new ControlFile(ownControlFile);
        try {
            State before = inspect(directory, own);
            requireCluster(before, directory, creation);
            if (before == State.ABSENT) {
                createDirectories(directory);
            }
            Path path = directory.toRealPath();
            LockFile lock = LockFile.take(path);
            boolean done = false;
            try {
                DataDirectory opened = open(path, own, lock, creation);
                done = true;
                return opened;
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

    private static DataDirectory open(
            Path path, ControlFile own, LockFile lock, @Nullable Creation creation)
            throws IOException, DirectoryException {
        // Another process may have made or opened it meanwhile.
        State state = inspect(path, own);
        requireCluster(state, path, creation);
        PidFile pidFile = new PidFile(path);
        pidFile.requireNoServer();
        boolean create = state != State.COMPLETE;
        if (create && creation != null) {
            DirectoryMaker.make(
                    path,
                    creation.filled() ? Marker.Purpose.FILLED : Marker.Purpose.CLUSTER,
                    creation.contents(),
                    creation.durable(),
                    (made, version) -> requireUsable(made, version, own));
        } else {
            if (Marker.read(path) != null) {
                Marker.delete(path); // it was complete but for this
            }
        }
        return new DataDirectory(path, lock, pidFile, create ? creation : null);
    }

    private static void requireCluster(State state, Path directory, @Nullable Creation creation)
            throws DirectoryException {
        if (state != State.COMPLETE && creation == null) {
            throw new DirectoryException(
                    Reason.ABSENT,
                    "The data directory "
                            + directory
                            + (state == State.ABSENT ? " does not exist" : " holds no cluster")
                            + ", and none is to be made there");
        }
    }

    /** As initdb does: of the owner only, those that it lies in included. */
    private static void createDirectories(Path directory) throws IOException {
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix) {
            Files.createDirectories(
                    directory,
                    PosixFilePermissions.asFileAttribute(FileOwners.permissions(DIRECTORY_MODE)));
        } else {
            Files.createDirectories(directory);
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
                    () -> {
                        new PidFile(path).requireNoServer();
                        DirectoryCopy.copy(path, sink);
                    });
        } catch (DirectoryException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static State inspect(Path directory, ControlFile own)
            throws IOException, DirectoryException {
        List<String> names;
        try {
            names = names(directory);
        } catch (NoSuchFileException e) {
            return State.ABSENT;
        } catch (NotDirectoryException e) {
            throw unsuitable(directory, "it is a file and not a directory", e);
        }
        Marker marker = Marker.read(directory);
        if (marker == null && !names.contains(VERSION_FILE)) {
            names = names(directory); // another process may just have completed it
        }
        boolean complete =
                names.contains(VERSION_FILE)
                        && (marker == null || marker.purpose().endsWithWriting());
        if (marker != null && !complete) {
            if (marker.purpose() == Marker.Purpose.COPY) {
                throw unsuitable(
                        directory,
                        "it is a copy that was not completed; copy there again, or delete it",
                        null);
            }
            marker.requireOnly(names);
        }
        if (!names.isEmpty() && !complete && marker == null) {
            throw unsuitable(
                    directory,
                    "it is not empty and holds no PostgreSQL data directory (there is "
                            + some(names)
                            + " and no "
                            + VERSION_FILE
                            + "); name an empty or new directory",
                    null);
        }
        requireOwned(directory);
        if (!complete) {
            return marker == null ? State.EMPTY : State.HALF_MADE;
        }
        requirePrivate(directory);
        Path versionFile = directory.resolve(VERSION_FILE);
        byte[] version = PlainFiles.read(versionFile, MAX_VERSION_BYTES);
        requireUsable(directory, new String(version, StandardCharsets.UTF_8), own);
        return State.COMPLETE;
    }

    /** Returns what is in a directory, without lock file and marker. */
    static List<String> names(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            for (Path child : children) {
                names.add(child.getFileName().toString());
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        names.remove(LockFile.NAME);
        names.remove(Marker.NAME);
        return names;
    }

    /** As PostgreSQL demands, where files have owners. */
    private static void requireOwned(Path directory) throws IOException, DirectoryException {
        Optional<UserPrincipal> other = FileOwners.foreignOwner(directory.toRealPath());
        if (other.isPresent()) {
            throw unsuitable(
                    directory,
                    "it has wrong ownership: it belongs to "
                            + other.get().getName()
                            + ", and must belong to the user that opens it",
                    null);
        }
    }

    /** As PostgreSQL demands, where files have modes. */
    private static void requirePrivate(Path directory) throws IOException, DirectoryException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(directory, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        Set<PosixFilePermission> present = view.readAttributes().permissions();
        if (!FileOwners.permissions(ALLOWED_MODES).containsAll(present)) {
            throw unsuitable(
                    directory,
                    "it has invalid permissions, "
                            + PosixFilePermissions.toString(present)
                            + "; they should be u=rwx (0700) or u=rwx,g=rx (0750)",
                    null);
        }
    }

    private static String some(List<String> names) {
        List<String> sorted = names.stream().sorted().toList();
        return String.join(", ", sorted.subList(0, Math.min(MAX_NAMED, sorted.size())))
                + (sorted.size() > MAX_NAMED ? ", …" : "");
    }

    private static void requireUsable(Path directory, @Nullable String version, ControlFile own)
            throws IOException, DirectoryException {
        if (version == null) {
            throw unsuitable(
                    directory, "it is no data directory: there is no " + VERSION_FILE, null);
        }
        requireVersion(version, directory.toString());
        for (String name : REQUIRED) {
            if (!Files.exists(directory.resolve(name))) {
                throw unsuitable(directory, "it is incomplete: " + name + " is missing", null);
            }
            if (!Files.isDirectory(directory.resolve(name))) {
                throw unsuitable(directory, "its " + name + " is no directory", null);
            }
        }
        controlFile(directory).requireCompatible(own, directory.toString());
    }

    private static ControlFile controlFile(Path directory) throws IOException, DirectoryException {
        Path file = directory.resolve(ControlFile.PATH);
        try {
            return new ControlFile(PlainFiles.read(file, ControlFile.MAX_BYTES));
        } catch (NoSuchFileException e) {
            throw unsuitable(directory, "it is incomplete: " + ControlFile.PATH + " is missing", e);
        }
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
     * @param directory absolute; absent, empty, or left by a copy that did not come to its end
     * @throws DirectoryException if it cannot be written; then it is as empty as before
     */
    public static void write(Path directory, Contents contents) throws DirectoryException {
        try {
            createDirectories(directory);
            Path path = directory.toRealPath();
            requireVacant(path); // or the lock file would be left in it
            LockFile lock = LockFile.take(path);
            try {
                requireVacant(path);
                DirectoryMaker.make(
                        path, Marker.Purpose.COPY, contents, true, (made, version) -> {});
            } finally {
                lock.close();
                Files.delete(path.resolve(LockFile.NAME));
            }
        } catch (IOException e) {
            throw new DirectoryException(
                    Reason.FAILED, "Cannot write the directory " + directory + ": " + e, e);
        }
    }

    private static void requireVacant(Path directory) throws IOException, DirectoryException {
        List<String> names = names(directory);
        Marker marker = Marker.read(directory);
        if (marker != null && marker.purpose() == Marker.Purpose.COPY) {
            marker.requireOnly(names);
        } else if (marker != null || !names.isEmpty()) {
            throw unsuitable(directory, "it is not empty", null);
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
            return controlFile(path).isShutDown();
        } catch (IOException e) {
            throw new DirectoryException(
                    Reason.FAILED, "Cannot read the control file of " + path + ": " + e, e);
        }
    }

    /** Must precede each start of PostgreSQL: lets its own servers find that it runs. */
    public void beforeBoot() throws DirectoryException {
        pidFile.write();
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
