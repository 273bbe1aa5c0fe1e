package io.github.jdbcpglite.wasm;

import io.github.jdbcpglite.wasm.fs.Devices;
import io.github.jdbcpglite.wasm.fs.ErrnoException;
import io.github.jdbcpglite.wasm.fs.MemoryFileSystem;
import io.github.jdbcpglite.wasm.image.ImageEntry;
import io.github.jdbcpglite.wasm.image.PgliteImage;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.List;

/** Makes the file systems of clusters from the image: program files, devices, data directory. */
final class ClusterFiles {
    static final String DATA_DIRECTORY = "/pglite/data";
    private static final int DIRECTORY_MODE = 0755;
    private static final int DATA_DIRECTORY_MODE = 0700;
    private static final SecureRandom RANDOM = new SecureRandom();

    private ClusterFiles() {}

    /**
     * Makes the files of a cluster, without devices; contents are read from the image when they are
     * first needed.
     *
     * @param pgdata the files of the data directory
     */
    static MemoryFileSystem of(PgliteImage image, List<ImageEntry> pgdata) throws ErrnoException {
        MemoryFileSystem files = MemoryFileSystem.create();
        files.addDirectory("/home", DIRECTORY_MODE);
        files.addDirectory("/home/postgres", DIRECTORY_MODE);
        add(files, "", image.bundleFiles());
        files.addDirectory(DATA_DIRECTORY, DATA_DIRECTORY_MODE);
        add(files, DATA_DIRECTORY + "/", pgdata);
        return files;
    }

    /**
     * Copies the files of a template for a cluster of its own.
     *
     * @param extensions whose files are added to the program's
     * @param log takes what PostgreSQL writes to its standard error
     */
    static MemoryFileSystem cloneOf(
            ClusterTemplate template, ClusterExtensions extensions, OutputStream log)
            throws ErrnoException {
        MemoryFileSystem files = template.files().copy();
        extensions.addTo(files);
        // Standard output holds only the prompt of the single-user mode that a boot goes through.
        Devices.install(
                files, RANDOM, InputStream.nullInputStream(), OutputStream.nullOutputStream(), log);
        return files;
    }

    private static void add(MemoryFileSystem files, String prefix, List<ImageEntry> entries)
            throws ErrnoException {
        for (ImageEntry entry : entries) {
            String path = prefix + entry.path();
            if (entry.isDirectory()) {
                files.addDirectory(path, entry.mode());
            } else {
                files.addFile(path, entry.size(), entry::load, entry.mode());
            }
        }
    }
}
