package io.github.jdbcpglite.conformance;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the scripts among the test resources. */
public final class Resources {
    private Resources() {}

    /**
     * Returns the files of an ending below a resource directory, sorted by path; the property
     * {@code conformance.only}, a regular expression, keeps those whose path contains a match.
     */
    static List<Path> list(String directory, String ending) throws IOException {
        Pattern only = Pattern.compile(System.getProperty("conformance.only", ""));
        return all(directory, ending).stream()
                .filter(path -> only.matcher(path.toString()).find())
                .toList();
    }

    /** Returns the files of an ending below a resource directory, sorted by path. */
    public static List<Path> all(String directory, String ending) throws IOException {
        try (Stream<Path> paths = Files.walk(root(directory))) {
            return paths.filter(path -> path.toString().endsWith(ending)).sorted().toList();
        }
    }

    /** The source tree comes first: the build's copy keeps files that were renamed or removed. */
    private static Path root(String directory) throws IOException {
        String sources = System.getProperty("conformance.resources");
        if (sources != null) {
            return Path.of(sources, directory);
        }
        URL url = Resources.class.getResource("/" + directory);
        if (url == null) {
            throw new IOException("No resource directory /" + directory);
        }
        try {
            return Path.of(new URI(url.toString()));
        } catch (URISyntaxException e) {
            throw new IOException("Not a directory of the file system: " + url, e);
        }
    }

    /** Returns the name of the folder a script lies in, its area. */
    public static String areaOf(Path file) {
        return file.getName(file.getNameCount() - 2).toString();
    }

    /** Returns the file's name without its ending. */
    public static String nameOf(Path file, String ending) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ending.length());
    }
}
