package io.github.jdbcpglite.testing;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Collects what decides what a template holds into a short text: equal contents, equal texts. Not
 * thread-safe.
 */
final class ContentKey {
    private static final int KEY_BYTES = 16;
    private final MessageDigest digest;

    ContentKey() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Adds a text, so that what follows cannot be taken for a part of it. */
    ContentKey add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
        return this;
    }

    /**
     * Adds the class path: its archives by name, size and time, its directories by what is in them.
     *
     * @param directories whether those are added
     */
    ContentKey addClassPath(boolean directories) throws IOException {
        for (String property : List.of("java.class.path", "jdk.module.path")) {
            for (String entry : System.getProperty(property, "").split(File.pathSeparator, -1)) {
                Path path = Path.of(entry);
                if (!entry.isEmpty() && Files.isRegularFile(path)) {
                    add(path.toString());
                    add(Files.size(path) + " " + Files.getLastModifiedTime(path));
                } else if (!entry.isEmpty() && directories && Files.isDirectory(path)) {
                    addDirectory(path);
                }
            }
        }
        return this;
    }

    private void addDirectory(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
                add(directory.relativize(file).toString());
                add(Long.toString(Files.size(file)));
                try (InputStream bytes =
                        new DigestInputStream(Files.newInputStream(file), digest)) {
                    bytes.transferTo(OutputStream.nullOutputStream());
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Returns the text, of letters and digits, and ends the collection. */
    String text() {
        return HexFormat.of().formatHex(digest.digest(), 0, KEY_BYTES);
    }
}
