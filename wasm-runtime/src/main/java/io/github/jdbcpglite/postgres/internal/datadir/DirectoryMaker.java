package io.github.jdbcpglite.postgres.internal.datadir;

import io.github.jdbcpglite.platform.FileOwners;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a new data directory so that a crash at any moment leaves either a complete one or one
 * with a {@link Marker}, and without {@code PG_VERSION}, which comes last, or with a marker that
 * says that it is still being filled. That one is made again from the start; what the marker does
 * not name is not ours, and is neither deleted nor kept.
 */
final class DirectoryMaker implements Contents.Sink {
    /** Name of {@code PG_VERSION} until everything else is on the disk. */
    static final String VERSION_PART = "pglite.version";

    private static final int DIRECTORY_MODE = 0700;
    private static final int FILE_MODE = 0600;

    /** Looks at a directory that has just been filled, but for its {@code PG_VERSION}. */
    interface Check {
        /**
         * Looks at it.
         *
         * @param version what {@code PG_VERSION} will hold; {@code null} if there is none
         */
        void accept(Path root, @Nullable String version) throws IOException, DirectoryException;
    }

    private final Path root;
    private final Marker marker;
    private final boolean durable;
    private final List<Path> files = new ArrayList<>();
    private final List<Path> directories = new ArrayList<>();
    private final Set<String> topLevel = new HashSet<>();
    private @Nullable String version;

    private DirectoryMaker(Path root, Marker marker, boolean durable) {
        this.root = root;
        this.marker = marker;
        this.durable = durable;
    }

    /**
     * Fills a directory that holds nothing, or what an earlier call left.
     *
     * @param purpose what for; for one that does not end with writing, the marker stays until
     *     {@link #complete}
     * @param durable whether to wait for the disk
     * @param check looks at the result; when it refuses, the directory is as empty as before
     * @throws DirectoryException also if the directory holds what no earlier call made
     */
    static void make(
            Path root, Marker.Purpose purpose, Contents contents, boolean durable, Check check)
            throws IOException, DirectoryException {
        setMode(root, DIRECTORY_MODE);
        Marker present = Marker.read(root);
        if (present != null) {
            removeRest(present, root);
        }
        DirectoryMaker maker = new DirectoryMaker(root, Marker.write(root, purpose), durable);
        try {
            maker.force(root, true);
            contents.copyTo(maker);
            check.accept(root, maker.version);
            maker.forceAll();
            maker.writeVersion();
        } catch (IOException | DirectoryException | RuntimeException | Error e) {
            // Whatever it was: nobody looks at what is there now, and it may be large.
            maker.removeAfter(e);
            throw e;
        }
        if (purpose.endsWithWriting()) {
            complete(root, durable);
        }
    }

    /**
     * Makes a directory that {@link #make} has filled one that is never made again.
     *
     * @param durable whether to wait for the disk
     */
    static void complete(Path root, boolean durable) throws IOException {
        Marker.delete(root);
        force(root, true, durable);
    }

    /**
     * Empties a directory that {@link #make} has filled and nobody has completed.
     *
     * @throws DirectoryException if there is something else; then nothing was deleted
     */
    static void undo(Path root) throws IOException, DirectoryException {
        Marker marker = Marker.read(root);
        if (marker != null) {
            removeRest(marker, root);
            Marker.delete(root);
        }
    }

    private void forceAll() throws IOException {
        // All are written before the first is waited for, which the disk does faster.
        for (Path file : files) {
            force(file, false);
        }
        for (Path directory : directories) {
            force(directory, true);
        }
        force(root, true);
    }

    private void writeVersion() throws IOException {
        String text = version;
        if (text != null) {
            Path part = root.resolve(VERSION_PART);
            Files.writeString(part, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
            setMode(part, FILE_MODE);
            force(part, false);
            Files.move(
                    part, root.resolve(DataDirectory.VERSION_FILE), StandardCopyOption.ATOMIC_MOVE);
            force(root, true);
        }
    }

    private void removeAfter(Throwable failure) {
        try {
            removeRest(marker, root);
            Marker.delete(root);
        } catch (IOException | DirectoryException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Deletes what an earlier attempt left. Links are deleted and not followed.
     *
     * @throws DirectoryException if there is something else; then nothing was deleted
     */
    private static void removeRest(Marker marker, Path root)
            throws IOException, DirectoryException {
        List<String> names = DataDirectory.names(root);
        marker.requireOnly(names);
        for (String name : names) {
            List<Path> paths;
            try (Stream<Path> walk = Files.walk(root.resolve(name))) {
                paths = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : paths) {
                Files.delete(path);
            }
        }
    }

    @Override
    public void directory(String path, int mode) throws IOException {
        Path directory = within(path);
        if (!Files.isDirectory(directory)) {
            Files.createDirectory(directory);
        }
        setMode(directory, mode);
        directories.add(directory);
    }

    @Override
    public void file(String path, int mode, long size, InputStream bytes) throws IOException {
        if (path.equals(DataDirectory.VERSION_FILE)) {
            byte[] text = bytes.readNBytes(DataDirectory.MAX_VERSION_BYTES);
            version = new String(text, StandardCharsets.UTF_8);
            return;
        }
        Path file = within(path);
        long copied = Files.copy(bytes, file, StandardCopyOption.REPLACE_EXISTING);
        if (copied != size) {
            throw new IOException(path + " has " + copied + " bytes instead of " + size);
        }
        setMode(file, mode);
        files.add(file);
    }

    private Path within(String path) throws IOException {
        Path resolved = root.resolve(path).normalize();
        if (!resolved.startsWith(root) || resolved.equals(root)) {
            throw new IOException("the path " + path + " leads out of the data directory");
        }
        String first = root.relativize(resolved).getName(0).toString();
        if (topLevel.add(first)) {
            marker.announce(first);
        }
        return resolved;
    }

    private void force(Path path, boolean isDirectory) throws IOException {
        force(path, isDirectory, durable);
    }

    private static void force(Path path, boolean isDirectory, boolean durable) throws IOException {
        if (!durable) {
            return;
        }
        StandardOpenOption option =
                isDirectory ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        } catch (IOException e) {
            if (!isDirectory || hasModes(path)) {
                throw e;
            }
            // Windows opens no directories this way, and needs no fsync of them.
        }
    }

    private static boolean hasModes(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class) != null;
    }

    private static void setMode(Path path, int mode) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(FileOwners.permissions(mode));
        }
    }
}
