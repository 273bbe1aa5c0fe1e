package io.github.jdbcpglite.build.initdb;

import io.github.jdbcpglite.build.bundle.IndexFile;
import io.github.jdbcpglite.wasm.fs.DirectoryEntry;
import io.github.jdbcpglite.wasm.fs.ErrnoException;
import io.github.jdbcpglite.wasm.fs.FileHandle;
import io.github.jdbcpglite.wasm.fs.FileStatus;
import io.github.jdbcpglite.wasm.fs.FileSystem;
import io.github.jdbcpglite.wasm.fs.FileType;
import io.github.jdbcpglite.wasm.fs.OpenFlags;
import io.github.jdbcpglite.wasm.image.ImageLayout;
import io.github.jdbcpglite.wasm.image.IndexLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes a data directory of the guest to the stage's output. */
final class DataDirectory {
    private final FileSystem files;
    private final Path target;
    private final List<IndexLine> lines = new ArrayList<>();

    private DataDirectory(FileSystem files, Path target) {
        this.files = files;
        this.target = target;
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
        DataDirectory copy = new DataDirectory(files, output.resolve(ImageLayout.PGDATA));
        Files.createDirectories(copy.target);
        copy.exportChildren(guestPath, "");
        IndexFile.write(output.resolve(ImageLayout.PGDATA + ImageLayout.INDEX_SUFFIX), copy.lines);
        return copy.lines.size();
    }

    private void exportChildren(String guestPath, String prefix)
            throws IOException, ErrnoException {
        for (DirectoryEntry entry : files.list(guestPath)) {
            String child = guestPath + "/" + entry.name();
            String path = prefix + entry.name();
            FileStatus status = files.stat(child, false);
            if (status.type() == FileType.DIRECTORY) {
                lines.add(new IndexLine(true, status.mode(), 0, path));
                Files.createDirectory(target.resolve(path));
                exportChildren(child, path + "/");
            } else if (status.type() == FileType.REGULAR) {
                lines.add(new IndexLine(false, status.mode(), status.size(), path));
                Files.write(target.resolve(path), read(files, child));
            } else {
                throw new IOException(path + " in the data directory is a " + status.type());
            }
        }
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
