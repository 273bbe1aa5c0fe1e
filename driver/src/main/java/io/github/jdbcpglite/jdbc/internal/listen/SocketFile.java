package io.github.jdbcpglite.jdbc.internal.listen;

import io.github.jdbcpglite.platform.FileOwners;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file of a Unix socket that is listened on. Only a socket that nobody listens on gives way to
 * it, and only this very file is removed at the end. Not thread-safe.
 */
final class SocketFile {
    private final Path file;

    /** What tells this file from a later one of its name; {@code null} where nothing does. */
    private final @Nullable Object key;

    private SocketFile(Path file, @Nullable Object key) {
        this.file = file;
        this.key = key;
    }

    /**
     * Binds a channel to a file that only its owner may open.
     *
     * @throws IOException if something is there that is no abandoned socket of this user, or the
     *     directory is missing
     */
    static SocketFile bind(ServerSocketChannel server, Path file, int backlog) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new IOException("there is no directory " + parent);
        }
        BasicFileAttributes present = attributes(file);
        if (present != null) {
            removeAbandoned(file, present);
        }
        server.bind(UnixDomainSocketAddress.of(file), backlog);
        BasicFileAttributes made = attributes(file);
        SocketFile bound = new SocketFile(file, made == null ? null : made.fileKey());
        boolean done = false;
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            done = true;
            return bound;
        } finally {
            if (!done) {
                bound.remove();
            }
        }
    }

    private static void removeAbandoned(Path file, BasicFileAttributes present) throws IOException {
        if (!present.isOther()) {
            throw new IOException(file + " is there already, and is no socket");
        }
        if (FileOwners.foreignOwner(file).isPresent()) {
            throw new IOException(file + " is there already, and belongs to another user");
        }
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
            throw new IOException("another server listens on " + probe.getRemoteAddress());
        } catch (ConnectException e) {
            if (!isSocket(file)) {
                throw new IOException(file + " is there already, and is no socket", e);
            }
            Files.delete(file);
        }
    }

    /** A pipe or a device refuses to be connected to as an abandoned socket does. */
    private static boolean isSocket(Path file) throws IOException {
        int typeBits = 0170000;
        int socket = 0140000;
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return true; // Windows has no other files of this kind that could be connected to
        }
        Object mode = Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return ((Integer) mode & typeBits) == socket;
    }

    private static @Nullable BasicFileAttributes attributes(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Removes the file, if it is still the one that was bound. Idempotent. */
    void remove() throws IOException {
        BasicFileAttributes present = attributes(file);
        if (present != null && Objects.equals(present.fileKey(), key)) {
            Files.deleteIfExists(file);
        }
    }
}
