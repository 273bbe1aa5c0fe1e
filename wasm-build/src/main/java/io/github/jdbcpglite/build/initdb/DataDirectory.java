package io.github.jdbcpglite.build.initdb;

import io.github.jdbcpglite.build.bundle.IndexFile;
import io.github.jdbcpglite.host.fs.DirectoryEntry;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileHandle;
import io.github.jdbcpglite.host.fs.FileStatus;
import io.github.jdbcpglite.host.fs.FileSystem;
import io.github.jdbcpglite.host.fs.FileType;
import io.github.jdbcpglite.host.fs.OpenFlags;
import io.github.jdbcpglite.postgres.internal.distribution.DistributionLayout;
import io.github.jdbcpglite.postgres.internal.distribution.IndexLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes a data directory of the guest to the stage's output. */
final class DataDirectory {
    private final FileSystem files;
    private final Path target;
    private final @Nullable Path base;
    private final List<IndexLine> lines = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    private DataDirectory(FileSystem files, Path target, @Nullable Path base) {
        this.files = files;
        this.target = target;
        this.base = base;
    }

    /**
     * Copies everything below a guest directory, and its index.
     *
     * @param files the guest's files
     * @param guestPath the directory
     * @param output where {@code pgdata/} and {@code pgdata.index} are made
     * @return how many files and directories were copied
     */
    static int export(FileSystem files, String guestPath, Path output)
            throws IOException, ErrnoException {
        DataDirectory copy =
                new DataDirectory(files, output.resolve(DistributionLayout.PGDATA), null);
        Files.createDirectories(copy.target);
        copy.exportChildren(guestPath, "");
        IndexFile.write(
                output.resolve(DistributionLayout.PGDATA + DistributionLayout.INDEX_SUFFIX),
                copy.lines);
        return copy.lines.size();
    }

    /**
     * Copies the files below a guest directory that are new or have changed, their index, and a
     * list of those that are gone.
     *
     * @param files the guest's files
     * @param guestPath the directory
     * @param base {@code pgdata/} as it was exported before
     * @param output where {@code pgdata/}, {@code pgdata.index} and {@code pgdata.gone} are made
     */
    static void exportChanges(FileSystem files, String guestPath, Path base, Path output)
            throws IOException, ErrnoException {
        DataDirectory copy =
                new DataDirectory(files, output.resolve(DistributionLayout.PGDATA), base);
        Files.createDirectories(copy.target);
        copy.exportChildren(guestPath, "");
        IndexFile.write(
                output.resolve(DistributionLayout.PGDATA + DistributionLayout.INDEX_SUFFIX),
                copy.lines);
        try (Stream<Path> paths = Files.walk(base)) {
            List<String> gone =
                    paths.map(path -> base.relativize(path).toString().replace('\\', '/'))
                            .filter(path -> !path.isEmpty() && !copy.seen.contains(path))
                            .sorted()
                            .toList();
            Files.write(
                    output.resolve(DistributionLayout.PGDATA + DistributionLayout.GONE_SUFFIX),
                    gone);
        }
    }

    private void exportChildren(String guestPath, String prefix)
            throws IOException, ErrnoException {
        for (DirectoryEntry entry : files.list(guestPath)) {
            String child = guestPath + "/" + entry.name();
            String path = prefix + entry.name();
            seen.add(path);
            FileStatus status = files.stat(child, false);
            if (status.type() == FileType.DIRECTORY) {
                if (base == null || !Files.isDirectory(base.resolve(path))) {
                    lines.add(new IndexLine(true, status.mode(), 0, path));
                    Files.createDirectories(target.resolve(path));
                }
                exportChildren(child, path + "/");
            } else if (status.type() == FileType.REGULAR) {
                exportFile(path, status, read(files, child));
            } else {
                throw new IOException(path + " in the data directory is a " + status.type());
            }
        }
    }

    private void exportFile(String path, FileStatus status, byte[] contents) throws IOException {
        if (base != null) {
            Path before = base.resolve(path);
            if (Files.exists(before) && Arrays.equals(Files.readAllBytes(before), contents)) {
                return;
            }
        }
        lines.add(new IndexLine(false, status.mode(), status.size(), path));
        Path file = target.resolve(path);
        Files.createDirectories(file.resolveSibling(""));
        Files.write(file, contents);
    }

    /** Reads a file of the guest. */
    static byte[] read(FileSystem files, String path) throws ErrnoException {
        byte[] bytes = new byte[(int) files.stat(path, true).size()];
        try (FileHandle handle = files.open(path, OpenFlags.READ_ONLY, 0)) {
            int length = 0;
            while (length < bytes.length) {
                int n = handle.read(length, bytes, length, bytes.length - length);
                if (n <= 0) {
                    throw new IllegalStateException(path + " ends before its size");
                }
                length += n;
            }
        }
        return bytes;
    }
}
