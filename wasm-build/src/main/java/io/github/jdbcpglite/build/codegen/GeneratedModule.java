package io.github.jdbcpglite.build.codegen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The classes made from a module.
 *
 * @param classes class files by internal name, in order of the names
 * @param machineClassName binary name of the machine class, for {@code GeneratedModules.machines}
 * @param report what the generator found worth knowing
 */
public record GeneratedModule(
        SortedMap<String, byte[]> classes, String machineClassName, Report report) {
    /** Copies the map. */
    public GeneratedModule {
        classes = Collections.unmodifiableSortedMap(new TreeMap<>(classes));
    }

    /**
     * Writes the class files below a directory.
     *
     * @throws IOException if a file cannot be written
     */
    public void writeTo(Path directory) throws IOException {
        for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
            Path file = directory.resolve(entry.getKey() + ".class");
            Path parent = file.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.write(file, entry.getValue());
        }
    }
}
