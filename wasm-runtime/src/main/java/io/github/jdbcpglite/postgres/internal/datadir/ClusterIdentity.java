package io.github.jdbcpglite.postgres.internal.datadir;

import io.github.jdbcpglite.host.fs.DirectoryEntry;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileHandle;
import io.github.jdbcpglite.host.fs.FileSystem;
import io.github.jdbcpglite.host.fs.FileType;
import io.github.jdbcpglite.host.fs.OpenFlags;
import io.github.jdbcpglite.host.fs.memory.MemoryFileSystem;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;

/** The system identifier of a cluster that does not run, in files a guest will see. */
public final class ClusterIdentity {
    private static final String WAL = "pg_wal";

    /** A control file's data, and more than the header of a WAL segment. */
    private static final int HEAD_BYTES = 512;

    private ClusterIdentity() {}

    /** Reads the identifier. */
    public static long read(FileSystem files, String dataDirectory) throws ErrnoException {
        return new ControlFile(head(files, dataDirectory + "/" + ControlFile.PATH))
                .systemIdentifier();
    }

    /** Reads what a server answers logins of users with that do not exist. */
    public static byte[] nonce(FileSystem files, String dataDirectory) throws ErrnoException {
        return new ControlFile(head(files, dataDirectory + "/" + ControlFile.PATH)).nonce();
    }

    /**
     * Makes another cluster of the files. Those that nobody has read yet change when somebody does,
     * since a session that only reads has no need of WAL.
     *
     * @return the new identifier
     * @throws ErrnoException if a file cannot be read or changed; then the cluster is damaged
     */
    public static long renew(
            MemoryFileSystem files, String dataDirectory, SecureRandom random, Instant now)
            throws ErrnoException {
        Reseeding reseeding = new Reseeding(random, now);
        reseeding.prepare(head(files, dataDirectory + "/" + ControlFile.PATH));
        amend(reseeding, files, dataDirectory, ControlFile.PATH);
        for (DirectoryEntry entry : files.list(dataDirectory + "/" + WAL)) {
            if (entry.type() == FileType.REGULAR) {
                amend(reseeding, files, dataDirectory, WAL + "/" + entry.name());
            }
        }
        return reseeding.newIdentifier();
    }

    private static void amend(
            Reseeding reseeding, MemoryFileSystem files, String dataDirectory, String path)
            throws ErrnoException {
        files.amend(dataDirectory + "/" + path, block -> reseeding.apply(path, block));
    }

    private static byte[] head(FileSystem files, String path) throws ErrnoException {
        byte[] bytes = new byte[HEAD_BYTES];
        try (FileHandle file = files.open(path, OpenFlags.READ_ONLY, 0)) {
            return Arrays.copyOf(bytes, Math.max(0, file.read(0, bytes, 0, bytes.length)));
        }
    }
}
