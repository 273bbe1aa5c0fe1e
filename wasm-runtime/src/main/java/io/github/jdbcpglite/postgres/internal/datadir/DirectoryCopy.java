package io.github.jdbcpglite.postgres.internal.datadir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads a directory of the host as contents. Links are not followed: they are left out. */
final class DirectoryCopy {
    private static final int FILE_MODE = 0600;
    private static final int DIRECTORY_MODE = 0700;

    private DirectoryCopy() {}

    static void copy(Path root, Contents.Sink sink) throws IOException {
        CopyLimits limits = new CopyLimits(root);
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(root)) {
            paths = walk.sorted().toList(); // parents come before what is in them
        }
        for (Path path : paths) {
            String name = root.relativize(path).toString().replace('\\', '/');
            limits.entry();
            if (name.isEmpty() || Contents.isTransient(name)) {
                continue;
            }
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                sink.directory(name, DIRECTORY_MODE);
            } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                long size = Files.size(path);
                limits.file(name, size);
                try (InputStream bytes = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
                    sink.file(name, FILE_MODE, size, bytes);
                }
            }
        }
    }
}
