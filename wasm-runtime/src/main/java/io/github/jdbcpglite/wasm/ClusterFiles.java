package io.github.jdbcpglite.wasm;

import io.github.jdbcpglite.wasm.fs.Devices;
import io.github.jdbcpglite.wasm.fs.Errno;
import io.github.jdbcpglite.wasm.fs.ErrnoException;
import io.github.jdbcpglite.wasm.fs.MemoryFileSystem;
import io.github.jdbcpglite.wasm.image.ExtensionUnit;
import io.github.jdbcpglite.wasm.image.ImageEntry;
import io.github.jdbcpglite.wasm.image.PgliteImage;
import io.github.jdbcpglite.wasm.image.SharedFile;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.List;

/** Makes the file system of a cluster from the image: program files, devices, data directory. */
final class ClusterFiles {
    static final String DATA_DIRECTORY = "/pglite/data";
    private static final int DIRECTORY_MODE = 0755;
    private static final int DATA_DIRECTORY_MODE = 0700;

    private ClusterFiles() {}

    /**
     * Makes a cluster in memory; contents are read from the image when they are first needed.
     *
     * @param extensions whose files are added to the program's
     * @param log takes what PostgreSQL writes to its standard error
     */
    static MemoryFileSystem inMemory(
            PgliteImage image, ClusterExtensions extensions, OutputStream log)
            throws ErrnoException {
        MemoryFileSystem files = MemoryFileSystem.create();
        // Standard output holds only the prompt of the single-user mode that a boot goes through.
        Devices.install(
                files,
                new SecureRandom(),
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                log);
        files.addDirectory("/home", DIRECTORY_MODE);
        files.addDirectory("/home/postgres", DIRECTORY_MODE);
        add(files, "", image.bundleFiles());
        for (ExtensionUnit unit : extensions.visible()) {
            addShared(files, unit);
        }
        files.addDirectory(DATA_DIRECTORY, DATA_DIRECTORY_MODE);
        add(files, DATA_DIRECTORY + "/", image.pgdataFiles());
        return files;
    }

    /** Adds files whose contents all clusters share. */
    private static void addShared(MemoryFileSystem files, ExtensionUnit unit)
            throws ErrnoException {
        for (SharedFile file : unit.files()) {
            ImageEntry entry = file.entry();
            try {
                if (entry.isDirectory()) {
                    files.addDirectory(entry.path(), entry.mode());
                } else {
                    files.addFile(entry.path(), file.contents(), entry.mode());
                }
            } catch (ErrnoException e) {
                // Most directories are PostgreSQL's own.
                if (!entry.isDirectory() || e.errno() != Errno.EEXIST) {
                    throw e;
                }
            }
        }
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
