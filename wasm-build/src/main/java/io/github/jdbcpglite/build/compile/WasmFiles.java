package io.github.jdbcpglite.build.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds modules in a directory that mirrors the guest's file system. */
public final class WasmFiles {
    private WasmFiles() {}

    /**
     * Returns the regular files below a directory by guest path, sorted.
     *
     * @param root stands for the guest's root directory
     * @param suffix how the wanted names end
     * @throws IOException if the directory cannot be read
     */
    public static SortedMap<String, Path> below(Path root, String suffix) throws IOException {
        List<Path> found;
        try (Stream<Path> files = Files.walk(root)) {
            found = files.filter(Files::isRegularFile).toList();
        }
        SortedMap<String, Path> byGuestPath = new TreeMap<>();
        for (Path file : found) {
            String guestPath = "/" + root.relativize(file).toString().replace('\\', '/');
            if (guestPath.endsWith(suffix)) {
                byGuestPath.put(guestPath, file);
            }
        }
        return byGuestPath;
    }
}
