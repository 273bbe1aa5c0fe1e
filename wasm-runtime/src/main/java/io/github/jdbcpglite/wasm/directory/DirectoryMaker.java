package io.github.jdbcpglite.wasm.directory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes a new data directory so that a crash at any moment leaves either a complete one or one
 * with the marker, which is made again from the start.
 */
final class DirectoryMaker implements Contents.Sink {
    /** Name of the marker: present from before the first file until all are on the disk. */
    static final String MARKER = "pglite.creating";

    private static final int DIRECTORY_MODE = 0700;

    /** Looks at a directory that has just been filled. */
    interface Check {
        void accept(Path root) throws IOException, DirectoryException;
    }

    private final Path root;
    private final boolean durable;
    private final List<Path> files = new ArrayList<>();
    private final List<Path> directories = new ArrayList<>();

    private DirectoryMaker(Path root, boolean durable) {
        this.root = root;
        this.durable = durable;
    }

    /**
     * Fills a directory that holds nothing, or what an earlier call left. The marker stays until
     * {@link #complete}.
     *
     * @param durable whether to wait for the disk
     * @param check looks at the result; when it refuses, the directory is as empty as before
     */
    static void make(Path root, Contents contents, boolean durable, Check check)
            throws IOException, DirectoryException {
        DirectoryMaker maker = new DirectoryMaker(root, durable);
        setMode(root, DIRECTORY_MODE);
        Path marker = root.resolve(MARKER);
        if (Files.exists(marker)) {
            removeRest(root);
        }
        Files.writeString(marker, "A data directory is being made here.\n");
        maker.force(marker, false);
        maker.force(root, true);
        boolean good = false;
        try {
            contents.copyTo(maker);
            check.accept(root);
            good = true;
        } finally {
            if (!good) {
                undo(root);
            }
        }
        // All are written before the first is waited for, which the disk does faster.
        for (Path file : maker.files) {
            maker.force(file, false);
        }
        for (Path directory : maker.directories) {
            maker.force(directory, true);
        }
        maker.force(root, true);
    }

    /** Makes a directory that {@link #make} has filled one that is never made again. */
    static void complete(Path root, boolean durable) throws IOException {
        Files.delete(root.resolve(MARKER));
        new DirectoryMaker(root, durable).force(root, true);
    }

    /** Empties a directory that {@link #make} has filled and nobody has completed. */
    static void undo(Path root) throws IOException {
        removeRest(root);
        Files.delete(root.resolve(MARKER));
    }

    /** Deletes what an earlier attempt left. Links are deleted and not followed. */
    private static void removeRest(Path root) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(root)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            boolean kept =
                    path.equals(root)
                            || path.equals(root.resolve(MARKER))
                            || path.equals(root.resolve(LockFile.NAME));
            if (!kept) {
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
        return resolved;
    }

    private void force(Path path, boolean isDirectory) throws IOException {
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
        if (view == null) {
            return;
        }
        PosixFilePermission[] bits = PosixFilePermission.values(); // from the owner's r to x of all
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int i = 0; i < bits.length; i++) {
            if ((mode & 1 << (bits.length - 1 - i)) != 0) {
                permissions.add(bits[i]);
            }
        }
        view.setPermissions(permissions);
    }
}
