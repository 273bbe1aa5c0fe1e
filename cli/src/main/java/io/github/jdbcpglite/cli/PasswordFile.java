package io.github.jdbcpglite.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A file of libpq's format with the password that was made up for a role, which only its owner may
 * read: {@code PGPASSFILE} makes psql and pgjdbc use it.
 */
final class PasswordFile {
    private static final String HEAD = "# Made by jdbc-pglite serve; delete it to do without.";

    private final Path path;

    PasswordFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /**
     * Reads the password of a role.
     *
     * @return nothing if there is no file or it has none
     * @throws IOException if it cannot be read, or others may read it as well
     */
    Optional<String> read(String role) throws IOException {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        if (isPosix()) {
            Set<PosixFilePermission> granted = Files.getPosixFilePermissions(path);
            granted.removeAll(PosixFilePermissions.fromString("rwx------"));
            if (!granted.isEmpty()) {
                throw new IOException(
                        path + " holds a password and others may read it: chmod 600 it");
            }
        }
        String start = "*:*:*:" + escape(role) + ":";
        for (String line : Files.readAllLines(path, UTF_8)) {
            if (line.startsWith(start)) {
                return Optional.of(
                        line.substring(start.length()).replace("\\:", ":").replace("\\\\", "\\"));
            }
        }
        return Optional.empty();
    }

    /**
     * Keeps a password, instead of what was kept before.
     *
     * @throws IOException if it cannot be written, or there is a file that is not of this program
     */
    void write(String role, String password) throws IOException {
        if (Files.exists(path) && !Files.readAllLines(path, UTF_8).contains(HEAD)) {
            throw new FileAlreadyExistsException(
                    path + " is in the way of the password: it was not made by this program");
        }
        Path directory = path.toAbsolutePath().getParent();
        FileAttribute<?>[] owner =
                isPosix()
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        Path made = Files.createTempFile(directory, ".pgpass", "", owner);
        boolean done = false;
        try {
            Files.write(
                    made, List.of(HEAD, "*:*:*:" + escape(role) + ":" + escape(password)), UTF_8);
            Files.move(made, path, StandardCopyOption.REPLACE_EXISTING);
            done = true;
        } finally {
            if (!done) {
                Files.deleteIfExists(made);
            }
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace(":", "\\:");
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
