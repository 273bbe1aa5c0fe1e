package io.github.jdbcpglite.build.stage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** SHA-256 of bytes, files and directory trees, as lower-case hexadecimal. */
public final class Hashes {
    private Hashes() {}

    /** Returns a fresh SHA-256 digest. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must have SHA-256", e);
        }
    }

    /** Returns the hash of bytes. */
    public static String ofBytes(byte[] bytes) {
        return hex(sha256().digest(bytes));
    }

    /**
     * Returns the hash of a file's contents.
     *
     * @param file a readable regular file
     * @throws IOException if it cannot be read
     */
    public static String ofFile(Path file) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return hex(digest.digest());
    }

    /**
     * Returns the hash of a file, or of a directory's relative paths and contents. Times and
     * permissions do not count.
     *
     * @param path an existing file or directory
     * @throws IOException if it cannot be read
     */
    public static String ofTree(Path path) throws IOException {
        if (Files.isRegularFile(path)) {
            return ofFile(path);
        }
        TreeMap<String, Path> sorted = new TreeMap<>();
        for (Path file : walk(path)) {
            sorted.put(path.relativize(file).toString().replace('\\', '/'), file);
        }
        MessageDigest digest = sha256();
        for (var entry : sorted.entrySet()) {
            boolean directory = Files.isDirectory(entry.getValue());
            String content = directory ? "directory" : ofFile(entry.getValue());
            String line = entry.getKey() + "\0" + content + "\n";
            digest.update(line.getBytes(StandardCharsets.UTF_8));
        }
        return hex(digest.digest());
    }

    private static List<Path> walk(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(path -> !path.equals(root)).toList();
        }
    }

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
