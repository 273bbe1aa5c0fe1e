package io.github.jdbcpglite.postgres.internal.datadir;

import io.github.jdbcpglite.postgres.internal.datadir.DirectoryException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Small files that are read before PostgreSQL runs. Links are not followed, and what would block (a
 * pipe) or fill the heap (a file of gigabytes) is refused by its name before it is opened.
 * Stateless.
 */
final class PlainFiles {
    /** More than the largest of the files that are replaced, which have paths and names. */
    private static final int MAX_REPLACED = 1 << 20;

    private PlainFiles() {}

    /**
     * Checks that a path is a regular file, or that there is nothing.
     *
     * @return whether it is there
     */
    static boolean requireRegular(Path file) throws IOException, DirectoryException {
        BasicFileAttributes attributes = attributes(file);
        if (attributes == null) {
            return false;
        }
        if (!attributes.isRegularFile()) {
            throw unsuitable(file, "it is " + kind(attributes) + " and not a regular file");
        }
        return true;
    }

    /**
     * Reads a file.
     *
     * @param maxBytes the largest size it may have
     * @throws NoSuchFileException if there is nothing
     */
    static byte[] read(Path file, int maxBytes) throws IOException, DirectoryException {
        if (!requireRegular(file)) {
            throw new NoSuchFileException(file.toString());
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw unsuitable(
                        file,
                        "it has "
                                + Files.size(file)
                                + " bytes, and such a file has at most "
                                + maxBytes);
            }
            return bytes;
        }
    }

    /**
     * Writes a file, in place of one that an earlier attempt has left, and waits for the disk.
     *
     * @param ours what a file left by an earlier attempt holds; any other is refused
     */
    static void replace(Path file, String text, Pattern ours)
            throws IOException, DirectoryException {
        if (requireRegular(file)) {
            String present = new String(read(file, MAX_REPLACED), StandardCharsets.UTF_8);
            if (!ours.matcher(present).matches()) {
                throw unsuitable(file, "it is not of this library, which has to write one there");
            }
            Files.delete(file);
        }
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Returns what {@code lstat(2)} tells, or {@code null} if there is nothing. */
    static @Nullable BasicFileAttributes attributes(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static String kind(BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return "a symbolic link";
        }
        return attributes.isDirectory() ? "a directory" : "a pipe, a socket or a device";
    }

    /** Returns the refusal of one file, which names it. */
    static DirectoryException unsuitable(Path file, String what) {
        return new DirectoryException(
                Reason.UNSUITABLE,
                "The data directory "
                        + file.getParent()
                        + " cannot be opened because of "
                        + file
                        + ": "
                        + what);
    }
}
