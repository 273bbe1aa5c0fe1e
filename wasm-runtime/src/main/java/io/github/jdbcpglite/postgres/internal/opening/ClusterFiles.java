package io.github.jdbcpglite.postgres.internal.opening;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.memory.Devices;
import io.github.jdbcpglite.host.fs.memory.MemoryFileSystem;
import io.github.jdbcpglite.host.fs.memory.NewFile;
import io.github.jdbcpglite.host.fs.memory.SharedContents;
import io.github.jdbcpglite.postgres.cluster.ClusterException;
import io.github.jdbcpglite.postgres.internal.datadir.ClusterIdentity;
import io.github.jdbcpglite.postgres.internal.datadir.Contents;
import io.github.jdbcpglite.postgres.internal.datadir.DataDirectory;
import io.github.jdbcpglite.postgres.internal.datadir.DirectoryException;
import io.github.jdbcpglite.postgres.internal.distribution.Distribution;
import io.github.jdbcpglite.postgres.internal.distribution.ExtensionUnit;
import io.github.jdbcpglite.postgres.internal.distribution.SharedFile;
import io.github.jdbcpglite.postgres.internal.distribution.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Makes the file systems of clusters from the image: program files, devices, data directory. */
final class ClusterFiles {
    static final String DATA_DIRECTORY = "/pglite/data";
    static final SecureRandom RANDOM = new SecureRandom();
    private static final String VERSION_FILE = "PG_VERSION";
    private static final String CONTROL_FILE = "global/pg_control";

    /** Relations are named by numbers; other files in their directories by names with pg_. */
    private static final Pattern REFUSABLE =
            Pattern.compile(DATA_DIRECTORY + "/(base|pg_tblspc)/.*/((t?[0-9][^/]*)|pgsql_tmp.*)");

    private static final int DIRECTORY_MODE = 0755;
    private static final int DATA_DIRECTORY_MODE = 0700;

    private ClusterFiles() {}

    /**
     * Makes the files of a cluster, without devices; contents are read from the image when they are
     * first needed.
     *
     * @param pgdata the files of the data directory
     */
    static MemoryFileSystem of(Distribution image, List<StoredFile> pgdata) throws ErrnoException {
        MemoryFileSystem files = MemoryFileSystem.create();
        files.addDirectory("/home", DIRECTORY_MODE);
        files.addDirectory("/home/postgres", DIRECTORY_MODE);
        files.addAll(named("", image.bundleFiles()));
        files.addDirectory(DATA_DIRECTORY, DATA_DIRECTORY_MODE);
        files.addAll(named(DATA_DIRECTORY + "/", pgdata));
        return files;
    }

    /**
     * Makes the files of a cluster in memory from a backup, with devices and extensions.
     *
     * @throws ClusterException if the backup cannot be read or is not one this PostgreSQL can open
     */
    static MemoryFileSystem fromBackup(Opening opening, Path backup)
            throws ErrnoException, ClusterException {
        return of(opening, Contents.ofBackup(backup), backup);
    }

    /**
     * Makes the files of a cluster in memory from a directory that stays as it is, as {@link
     * #fromBackup}.
     *
     * @throws ClusterException if somebody has it open, or it holds no cluster this PostgreSQL can
     *     open
     */
    static MemoryFileSystem fromUnchanged(Opening opening, Path directory)
            throws ErrnoException, ClusterException {
        byte[] own = Contents.ownControlFile(opening.templates().image());
        try {
            return of(opening, DataDirectory.unchanged(directory, own), directory);
        } catch (DirectoryException e) {
            throw Refusals.ofDirectory(e);
        }
    }

    private static MemoryFileSystem of(Opening opening, Contents contents, Path backup)
            throws ErrnoException, ClusterException {
        MemoryFileSystem files = copyOf(opening.templates().program(), opening);
        boolean done = false;
        try {
            Map<String, byte[]> read =
                    GuestContents.write(
                            contents, files, DATA_DIRECTORY, VERSION_FILE, CONTROL_FILE);
            byte[] version = read.get(VERSION_FILE);
            byte[] control = read.get(CONTROL_FILE);
            if (version == null || control == null) {
                throw Refusals.unusable(backup + " holds no PostgreSQL data directory", null);
            }
            DataDirectory.requireUsable(
                    new String(version, StandardCharsets.US_ASCII),
                    control,
                    Contents.ownControlFile(opening.templates().image()),
                    backup.toString());
            done = true;
            return files;
        } catch (DirectoryException e) {
            throw Refusals.ofDirectory(e);
        } catch (IOException e) {
            throw refused(backup, e);
        } finally {
            if (!done) {
                files.close();
            }
        }
    }

    private static ClusterException refused(Path backup, IOException e) {
        if (e.getCause() instanceof DirectoryException why) {
            return Refusals.ofDirectory(why);
        }
        return isForSpace(e)
                ? Refusals.backupTooLarge(backup, e)
                : Refusals.unusable("Cannot read the backup " + backup + ": " + e.getMessage(), e);
    }

    private static boolean isForSpace(Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof ErrnoException)) {
            cause = cause.getCause();
        }
        return cause instanceof ErrnoException errno && errno.errno() == Errno.ENOSPC;
    }

    /**
     * Copies files for a cluster of its own, and adds its devices and extensions.
     *
     * @param opening whose extensions are added to the program's, if they are not there yet
     */
    static MemoryFileSystem copyOf(MemoryFileSystem original, Opening opening)
            throws ErrnoException {
        MemoryFileSystem files = original.copy(opening.budget(), ClusterFiles::isEssential);
        boolean done = false;
        try {
            for (ExtensionUnit unit : opening.extensions().visible()) {
                addShared(files, unit);
            }
            // Standard output holds only the prompt of the single-user mode that a boot goes
            // through.
            Devices.install(
                    files,
                    RANDOM,
                    InputStream.nullInputStream(),
                    OutputStream.nullOutputStream(),
                    opening.log());
            done = true;
            return files;
        } finally {
            if (!done) {
                files.close();
            }
        }
    }

    /**
     * Copies the files of a cluster for another one, with a system identifier of its own, whether
     * that starts from memory or boots.
     *
     * <p>Parameters as for {@link #copyOf}.
     */
    static MemoryFileSystem cloneOf(MemoryFileSystem original, Opening opening)
            throws ErrnoException {
        MemoryFileSystem files = copyOf(original, opening);
        boolean done = false;
        try {
            ClusterIdentity.renew(files, DATA_DIRECTORY, RANDOM, Instant.now());
            done = true;
            return files;
        } finally {
            if (!done) {
                files.close();
            }
        }
    }

    /**
     * Returns whether PostgreSQL would end the cluster, rather than the statement, if it could not
     * write a file: so it is with all but relations and temporary files.
     */
    private static boolean isEssential(String path) {
        return !REFUSABLE.matcher(path).matches();
    }

    /** Adds files whose contents all clusters share. */
    private static void addShared(MemoryFileSystem files, ExtensionUnit unit)
            throws ErrnoException {
        for (SharedFile file : unit.files()) {
            StoredFile entry = file.entry();
            try {
                if (entry.isDirectory()) {
                    files.addDirectory(entry.path(), entry.mode());
                } else {
                    files.addFile(entry.path(), file.contents(), entry.mode());
                }
            } catch (ErrnoException e) {
                // Most directories are PostgreSQL's own; a template has its extensions' files.
                if (e.errno() != Errno.EEXIST) {
                    throw e;
                }
            }
        }
    }

    private static List<NewFile> named(String prefix, List<StoredFile> entries) {
        List<NewFile> named = new ArrayList<>(entries.size());
        for (StoredFile entry : entries) {
            SharedContents contents =
                    entry.isDirectory() ? null : new SharedContents(entry.size(), entry::load);
            named.add(new NewFile(prefix + entry.path(), entry.mode(), contents));
        }
        return named;
    }
}
