package io.github.jdbcpglite.wasm;

import io.github.jdbcpglite.wasm.directory.Contents;
import io.github.jdbcpglite.wasm.directory.DataDirectory;
import io.github.jdbcpglite.wasm.directory.DirectoryException;
import io.github.jdbcpglite.wasm.fs.Devices;
import io.github.jdbcpglite.wasm.fs.ErrnoException;
import io.github.jdbcpglite.wasm.fs.MemoryFileSystem;
import io.github.jdbcpglite.wasm.image.ImageEntry;
import io.github.jdbcpglite.wasm.image.PgliteImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the file systems of clusters from the image: program files, devices, data directory. */
final class ClusterFiles {
    static final String DATA_DIRECTORY = "/pglite/data";
    private static final String VERSION_FILE = "PG_VERSION";
    private static final String CONTROL_FILE = "global/pg_control";
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
     * Makes what the guest sees besides its data directory, which is empty, with devices.
     *
     * @param log takes what PostgreSQL writes to its standard error
     */
    static MemoryFileSystem program(PgliteImage image, OutputStream log) throws ErrnoException {
        MemoryFileSystem files = of(image, List.of());
        addDevices(files, log);
        return files;
    }

    /**
     * Makes a cluster in memory from a backup.
     *
     * @param log takes what PostgreSQL writes to its standard error
     * @throws ClusterException if the backup cannot be read or is not one this PostgreSQL can open
     */
    static MemoryFileSystem fromBackup(PgliteImage image, OutputStream log, Path backup)
            throws ErrnoException, ClusterException {
        MemoryFileSystem files = program(image, log);
        try {
            Map<String, byte[]> read =
                    GuestContents.write(
                            Contents.ofBackup(backup),
                            files,
                            DATA_DIRECTORY,
                            VERSION_FILE,
                            CONTROL_FILE);
            byte[] version = read.get(VERSION_FILE);
            byte[] control = read.get(CONTROL_FILE);
            if (version == null || control == null) {
                throw unusable(backup + " holds no PostgreSQL data directory", null);
            }
            DataDirectory.requireUsable(
                    new String(version, StandardCharsets.US_ASCII),
                    control,
                    Contents.ownControlFile(image),
                    backup.toString());
            return files;
        } catch (DirectoryException e) {
            throw DirectoryStorage.translate(e);
        } catch (IOException e) {
            throw unusable("Cannot read the backup " + backup + ": " + e.getMessage(), e);
        }
    }

    private static ClusterException unusable(String message, @Nullable Throwable cause) {
        return new ClusterException(ClusterException.Kind.START_FAILED, message, List.of(), cause);
    }

    /**
     * Copies the files of a template for a cluster of its own.
     *
     * @param log takes what PostgreSQL writes to its standard error
     */
    static MemoryFileSystem cloneOf(ClusterTemplate template, OutputStream log)
            throws ErrnoException {
        MemoryFileSystem files = template.files().copy();
        addDevices(files, log);
        return files;
    }

    private static void addDevices(MemoryFileSystem files, OutputStream log) throws ErrnoException {
        // Standard output holds only the prompt of the single-user mode that a boot goes through.
        Devices.install(
                files, RANDOM, InputStream.nullInputStream(), OutputStream.nullOutputStream(), log);
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
