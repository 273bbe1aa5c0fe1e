package io.github.jdbcpglite.engine.nativecode;

import io.github.jdbcpglite.platform.FileOwners;
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

    private static final int OWNER_ONLY = 0700;
    private static final Set<PosixFilePermission> WRITABLE_BY_OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path root;

    LibraryCache(Path root) {
        this.root = root;
    }

    /**
     * Returns the cache of this user.
     *
     * @throws IOException if the user has no home, as in some containers, and no folder is named
     */
    static LibraryCache ofUser() throws IOException {
        String folder = System.getProperty(PROPERTY);
        if (folder != null) {
            return new LibraryCache(Path.of(folder));
        }
        Path home = Path.of(System.getProperty("user.home", ""));
        if (!home.isAbsolute()) {
            throw new IOException("this user has no home");
        }
        return new LibraryCache(home.resolve(".cache").resolve("jdbc-pglite").resolve("native"));
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

    /** Returns another file with the contents of one of this cache, beside it. */
    Path copyOf(Path file) throws IOException {
        Path copy = Files.createTempFile(file.getParent(), "copy-", ".tmp");
        return Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
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
        if (permissions.stream().anyMatch(WRITABLE_BY_OTHERS::contains)
                || FileOwners.foreignOwner(folder).isPresent()) {
            throw new IOException("the folder " + folder + " is not this user's alone");
        }
    }

    private static FileAttribute<?> ownerOnly() {
        return PosixFilePermissions.asFileAttribute(FileOwners.permissions(OWNER_ONLY));
    }

    private static boolean hasOwners() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
