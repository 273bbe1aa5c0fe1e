package io.github.jdbcpglite.conformance.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The server programs of the Maven artifact, unpacked once per version into a cache directory.
 *
 * <p>The archive is unpacked beside its final name and renamed, under a file lock, so a directory
 * of the final name is always complete and several builds may share the cache.
 */
final class PostgresBinaries {
    private PostgresBinaries() {}

    /** Returns the directory that holds {@code bin}, {@code lib} and {@code share}. */
    static Path unpacked() throws OracleUnavailableException, IOException {
        String resource = resourceName();
        Path cache = cacheDirectory();
        Files.createDirectories(cache);
        allowTraversal(cache);
        try (InputStream probe = open(resource)) {
            if (probe == null) {
                throw new OracleUnavailableException("/" + resource + " is not on the class path");
            }
            // The archive's length stands for its version: the artifact holds no other mark of it.
            Path home = cache.resolve(resource.replace(".txz", "") + "-" + sizeOf(resource));
            Path lockFile = cache.resolve("lock");
            try (FileChannel channel =
                            FileChannel.open(
                                    lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !Files.isDirectory(home)) {
                    Path partial = Files.createTempDirectory(cache, "partial");
                    unpack(probe, partial);
                    allowTraversal(partial);
                    Files.move(partial, home, StandardCopyOption.ATOMIC_MOVE);
                }
            }
            return home;
        }
    }

    private static String resourceName() throws OracleUnavailableException {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        boolean arm = arch.equals("aarch64");
        if (os.contains("linux")) {
            return "postgres-linux-" + (arm ? "arm_64" : "x86_64") + ".txz";
        }
        if (os.contains("mac")) {
            return "postgres-darwin-" + (arm ? "arm_64" : "x86_64") + ".txz";
        }
        throw new OracleUnavailableException("the server binaries are not run on " + os);
    }

    private static @Nullable InputStream open(String resource) {
        return PostgresBinaries.class.getResourceAsStream("/" + resource);
    }

    private static long sizeOf(String resource) throws IOException {
        java.net.URL url = PostgresBinaries.class.getResource("/" + resource);
        if (url == null) {
            throw new IOException("/" + resource + " left the class path");
        }
        return url.openConnection().getContentLengthLong();
    }

    /** The cache lies where an unprivileged user can read it: root's home directory is closed. */
    private static Path cacheDirectory() {
        String given = System.getProperty("conformance.cache");
        if (given != null) {
            return Path.of(given);
        }
        if (UnprivilegedUser.needed()) {
            return Path.of(System.getProperty("java.io.tmpdir"), "jdbc-pglite-oracle");
        }
        return Path.of(System.getProperty("user.home"), ".cache", "jdbc-pglite-oracle");
    }

    private static void unpack(InputStream archive, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(
                        new XZCompressorInputStream(new BufferedInputStream(archive)))) {
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null) {
                unpack(tar, entry, target);
                entry = tar.getNextEntry();
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
            throws IOException {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("The archive's entry " + entry.getName() + " leaves its root");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Path parent = path.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, path);
        Files.setPosixFilePermissions(path, permissions((entry.getMode() & 0100) != 0));
    }

    private static void allowTraversal(Path directory) throws IOException {
        if (Files.getOwner(directory).getName().equals(System.getProperty("user.name"))) {
            Files.setPosixFilePermissions(directory, permissions(true));
        }
    }

    private static Set<PosixFilePermission> permissions(boolean executable) {
        Set<PosixFilePermission> set =
                EnumSet.of(
                        PosixFilePermission.OWNER_READ,
                        PosixFilePermission.OWNER_WRITE,
                        PosixFilePermission.GROUP_READ,
                        PosixFilePermission.OTHERS_READ);
        if (executable) {
            set.add(PosixFilePermission.OWNER_EXECUTE);
            set.add(PosixFilePermission.GROUP_EXECUTE);
            set.add(PosixFilePermission.OTHERS_EXECUTE);
        }
        return set;
    }
}
