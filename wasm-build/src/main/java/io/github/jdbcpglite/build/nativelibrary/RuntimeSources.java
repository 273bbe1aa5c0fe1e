package io.github.jdbcpglite.build.nativelibrary;

import io.github.jdbcpglite.build.clang.NativeTarget;
import io.github.jdbcpglite.build.nativecode.Translator;
import io.github.jdbcpglite.build.stage.FileTrees;
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

/**
 * The C files and headers that are no translation, by their path: those of every library of
 * modules, and below {@code engine/} those of the engine's library. A name that ends with a system
 * is for this one alone.
 */
public final class RuntimeSources {
    private static final String ANY = "guest.h";
    private static final String ENGINE = "engine/";
    private static final String LANDING = "landing.c";

    private final SortedMap<String, String> texts;

    private RuntimeSources(SortedMap<String, String> texts) {
        this.texts = texts;
    }

    /** Reads all of them. */
    public static RuntimeSources read() throws IOException {
        URL any = Translator.class.getResource(ANY);
        if (any == null) {
            throw new PipelineException(ANY + " is not among the resources");
        }
        try {
            URI location = any.toURI();
            if (!location.getScheme().equals("jar")) {
                return read(Path.of(location).resolveSibling(""));
            }
            try (FileSystem jar = FileSystems.newFileSystem(location, Map.of())) {
                String inJar = location.toString();
                return read(
                        jar.getPath(inJar.substring(inJar.indexOf('!') + 1)).resolveSibling(""));
            }
        } catch (URISyntaxException e) {
            throw new PipelineException("not a file: " + any, e);
        }
    }

    private static RuntimeSources read(Path directory) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        for (String file : FileTrees.files(directory)) {
            if (file.matches(".*\\.[ch]")) {
                texts.put(file, Files.readString(directory.resolve(file)));
            }
        }
        return new RuntimeSources(texts);
    }

    /** Returns a hash of names and texts. */
    String hash() {
        return Hashes.ofBytes(texts.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Writes them below a directory. */
    public void write(Path directory) throws IOException {
        for (Map.Entry<String, String> file : texts.entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    /** Returns the paths of what every library of modules needs. */
    public List<String> ofModules() {
        return texts.keySet().stream()
                .filter(file -> file.endsWith(".c") && !file.startsWith(ENGINE))
                .toList();
    }

    /** Returns the paths of what the engine's library is made of. */
    public List<String> ofEngine(NativeTarget target) {
        return texts.keySet().stream()
                .filter(file -> file.equals(LANDING) || file.startsWith(ENGINE))
                .filter(file -> file.endsWith(".c"))
                .filter(file -> !file.contains("_") || file.endsWith(target.system() + ".c"))
                .toList();
    }
}
