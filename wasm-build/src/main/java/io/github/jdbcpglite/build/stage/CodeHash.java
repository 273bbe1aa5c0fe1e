package io.github.jdbcpglite.build.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Hashes the class files of the package that a class is in. */
final class CodeHash {
    private static final ConcurrentHashMap<String, String> BY_PACKAGE = new ConcurrentHashMap<>();

    private CodeHash() {}

    /**
     * Returns the hash of the class files in the package of a class, sub-packages included.
     *
     * @param anchor any class of the package, loaded from a directory or a jar
     */
    static String of(Class<?> anchor) {
        return BY_PACKAGE.computeIfAbsent(anchor.getPackageName(), name -> compute(anchor));
    }

    private static String compute(Class<?> anchor) {
        CodeSource source = anchor.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new PipelineException("cannot tell where " + anchor.getName() + " comes from");
        }
        String directory = anchor.getPackageName().replace('.', '/');
        try {
            Path location = Path.of(source.getLocation().toURI());
            if (Files.isDirectory(location)) {
                return hashClasses(location.resolve(directory));
            }
            try (FileSystem jar = FileSystems.newFileSystem(jarUri(location), Map.of())) {
                return hashClasses(jar.getPath("/" + directory));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new PipelineException("not a file: " + source.getLocation(), e);
        }
    }

    private static URI jarUri(Path jar) {
        return URI.create("jar:" + jar.toUri());
    }

    private static String hashClasses(Path root) throws IOException {
        List<Path> classes;
        try (Stream<Path> files = Files.walk(root)) {
            classes = files.filter(file -> file.toString().endsWith(".class")).sorted().toList();
        }
        MessageDigest digest = Hashes.sha256();
        for (Path file : classes) {
            digest.update(root.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(file));
        }
        return Hashes.hex(digest.digest());
    }
}
