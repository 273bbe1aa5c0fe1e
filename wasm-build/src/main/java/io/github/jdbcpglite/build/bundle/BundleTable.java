package io.github.jdbcpglite.build.bundle;

import io.github.jdbcpglite.build.stage.PipelineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of the file bundle that Emscripten's file packager wrote into {@code pglite.js}.
 *
 * <p>Directories appear there as {@code Module["FS_createPath"](parent, name, true, true)}, files
 * as {@code {filename:"/path",start:0,end:10}} with offsets into {@code pglite.data}, and the size
 * of that file as {@code remote_package_size}.
 *
 * @param directories absolute paths, parents first, without the root
 * @param files the files, in the order of their contents
 */
record BundleTable(List<String> directories, List<FileRange> files) {
    private static final Pattern DIRECTORY =
            Pattern.compile("\\[\"FS_createPath\"\\]\\(\"([^\"\\\\]+)\",\"([^\"\\\\]+)\",");
    private static final Pattern ANY_DIRECTORY = Pattern.compile("\\[\"FS_createPath\"\\]\\(");
    private static final Pattern FILE =
            Pattern.compile("\\{filename:\"(/[^\"\\\\]+)\",start:(\\d+),end:(\\d+)");
    private static final Pattern ANY_FILE = Pattern.compile("\\bfilename:");
    private static final Pattern SIZE = Pattern.compile("remote_package_size:(\\d+)");

    /**
     * A file's place in the bundle.
     *
     * @param path absolute path
     * @param start offset of its first byte
     * @param end offset after its last byte
     */
    record FileRange(String path, int start, int end) {}

    /**
     * Finds the table.
     *
     * @param javaScript the text of {@code pglite.js}
     * @param bundleSize the size of {@code pglite.data}
     * @throws PipelineException if the table is not as described or does not cover the bundle
     */
    static BundleTable parse(String javaScript, long bundleSize) {
        List<FileRange> files = new ArrayList<>();
        int covered = 0;
        for (Matcher match = FILE.matcher(javaScript); match.find(); ) {
            FileRange file =
                    new FileRange(
                            match.group(1),
                            Integer.parseInt(match.group(2)),
                            Integer.parseInt(match.group(3)));
            if (file.start() != covered || file.end() < covered) {
                throw new PipelineException(
                        "pglite.js: "
                                + file.path()
                                + " should begin at byte "
                                + covered
                                + " of pglite.data but is said to hold bytes "
                                + file.start()
                                + " to "
                                + file.end());
            }
            covered = file.end();
            files.add(file);
        }
        requireEqual("files understood", files.size(), count(ANY_FILE, javaScript));
        requireEqual("bytes of pglite.data in the table", covered, bundleSize);
        requireEqual("remote_package_size", size(javaScript), bundleSize);
        return new BundleTable(directories(javaScript, files), List.copyOf(files));
    }

    private static List<String> directories(String javaScript, List<FileRange> files) {
        Set<String> directories = new TreeSet<>();
        int found = 0;
        for (Matcher match = DIRECTORY.matcher(javaScript); match.find(); found++) {
            String parent = match.group(1).equals("/") ? "" : match.group(1);
            addWithParents(directories, parent + "/" + match.group(2));
        }
        requireEqual("directories understood", found, count(ANY_DIRECTORY, javaScript));
        for (FileRange file : files) {
            addWithParents(directories, parent(file.path()));
        }
        return List.copyOf(directories);
    }

    private static void addWithParents(Set<String> directories, String path) {
        for (String ancestor = path; !ancestor.isEmpty(); ancestor = parent(ancestor)) {
            directories.add(ancestor);
        }
    }

    private static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }

    private static long size(String javaScript) {
        Matcher match = SIZE.matcher(javaScript);
        return match.find() ? Long.parseLong(match.group(1)) : -1;
    }

    private static long count(Pattern pattern, String text) {
        return pattern.matcher(text).results().count();
    }

    private static void requireEqual(String what, long actual, long expected) {
        if (actual != expected) {
            throw new PipelineException(
                    "pglite.js does not hold the file table this build understands: "
                            + what
                            + ": "
                            + actual
                            + ", expected "
                            + expected);
        }
    }
}
