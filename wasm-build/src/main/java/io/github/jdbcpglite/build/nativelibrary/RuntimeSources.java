package io.github.jdbcpglite.build.nativelibrary;

import io.github.jdbcpglite.build.nativecode.Translator;
import io.github.jdbcpglite.build.stage.Hashes;
import io.github.jdbcpglite.build.stage.PipelineException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The C files and headers that are no translation: the runtime, by file name. */
final class RuntimeSources {
    private static final String ANY = "guest.h";

    private RuntimeSources() {}

    /** Reads all of them. */
    static SortedMap<String, String> read() throws IOException {
        URL any = Translator.class.getResource(ANY);
        if (any == null) {
            throw new PipelineException(ANY + " is not among the resources");
        }
        try {
            URI location = any.toURI();
            if (!location.getScheme().equals("jar")) {
                return read(Path.of(location));
            }
            try (FileSystem jar = FileSystems.newFileSystem(location, Map.of())) {
                String inJar = location.toString();
                return read(jar.getPath(inJar.substring(inJar.indexOf('!') + 1)));
            }
        } catch (URISyntaxException e) {
            throw new PipelineException("not a file: " + any, e);
        }
    }

    private static SortedMap<String, String> read(Path any) throws IOException {
        List<Path> files;
        try (Stream<Path> list = Files.list(any.resolveSibling("."))) {
            files = list.filter(file -> file.toString().matches(".*\\.[ch]")).toList();
        }
        SortedMap<String, String> texts = new TreeMap<>();
        for (Path file : files) {
            texts.put(String.valueOf(file.getFileName()), Files.readString(file));
        }
        return texts;
    }

    /** Returns a hash of names and texts. */
    static String hash(SortedMap<String, String> texts) {
        return Hashes.ofBytes(texts.toString().getBytes(StandardCharsets.UTF_8));
    }
}
