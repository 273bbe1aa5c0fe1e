package io.github.jdbcpglite.engine.nativecode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Where libraries out of jars lie as files, for the system to load: a folder of the user's, with a
 * folder for each content, so that several versions and processes share it.
 *
 * <p>What lies there is loaded without a look into it. So the folder must be the user's own and
 * closed to the others.
 */
final class LibraryCache {
    /** Names the folder. */
    static final String PROPERTY = "pglite.native.cache";

    private static final String OWNER_ONLY = "rwx------";
    private static final Set<PosixFilePermission> WRITABLE_BY_OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path root;

    LibraryCache(Path root) {
        this.root = root;
    }

    /** Returns the cache of this user. */
    static LibraryCache ofUser() {
        String folder = System.getProperty(PROPERTY);
        return new LibraryCache(
                folder != null
                        ? Path.of(folder)
                        : Path.of(
                                System.getProperty("user.home"),
                                ".cache",
                                "jdbc-pglite",
                                "native"));
    }

    /** Where a library's bytes come from. */
    @FunctionalInterface
    interface Source {
        InputStream open() throws IOException;
    }

    /**
     * Returns the file of a library.
     *
     * @param name name of the file
     * @param digest what tells its content from others
     * @throws IOException if it cannot be written, or the folder is not this user's alone
     */
    Path file(String name, String digest, Source source) throws IOException {
        Path folder = root.resolve(digest);
        createPrivate(folder);
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            write(file, source);
        }
        return file;
    }

    private static void write(Path file, Source source) throws IOException {
        Path part = Files.createTempFile(file.getParent(), "part-", ".tmp");
        try {
            try (InputStream in = source.open()) {
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            }
            // Whoever is second replaces the file by an equal one; the first one's stays mapped.
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void createPrivate(Path folder) throws IOException {
        if (!hasOwners()) {
            Files.createDirectories(folder);
            return;
        }
        Files.createDirectories(folder.toAbsolutePath().getParent(), ownerOnly());
        try {
            Files.createDirectory(folder, ownerOnly());
        } catch (FileAlreadyExistsException e) {
            requirePrivate(folder, e);
        }
    }

    private static void requirePrivate(Path folder, FileAlreadyExistsException there)
            throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw there;
        }
        Set<PosixFilePermission> permissions =
                Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
        String owner = Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).getName();
        if (permissions.stream().anyMatch(WRITABLE_BY_OTHERS::contains)
                || !owner.equals(System.getProperty("user.name"))) {
            throw new IOException(
                    "the folder "
                            + folder
                            + " is not this user's alone; remove it, or name another one with -D"
                            + PROPERTY);
        }
    }

    private static FileAttribute<?> ownerOnly() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY));
    }

    private static boolean hasOwners() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
