package io.github.jdbcpglite.postgres.internal.datadir;

import io.github.jdbcpglite.postgres.internal.distribution.Distribution;
import io.github.jdbcpglite.postgres.internal.distribution.StoredFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/** What a new data directory is made of. */
@FunctionalInterface
public interface Contents {
    /** Takes the contents, parents before what is in them. */
    interface Sink {
        /** Takes a directory. */
        void directory(String path, int mode) throws IOException;

        /**
         * Takes a file.
         *
         * @param size number of bytes that the stream has
         * @param bytes read to its end and left open
         */
        void file(String path, int mode, long size, InputStream bytes) throws IOException;
    }

    /**
     * Hands everything to a sink, by path relative to the data directory.
     *
     * @throws IOException if the source cannot be read or the sink cannot write
     */
    void copyTo(Sink sink) throws IOException;

    /**
     * Returns what a new cluster starts from: the image's data directory as a cluster of its own,
     * with its own system identifier.
     */
    static Contents fresh(Distribution image) {
        return sink -> {
            List<StoredFile> entries = image.pgdataFiles();
            Reseeding reseeding = new Reseeding(new SecureRandom(), Instant.now());
            for (StoredFile entry : entries) {
                if (entry.path().equals(ControlFile.PATH)) {
                    reseeding.prepare(entry.load());
                }
            }
            for (StoredFile entry : entries) {
                if (entry.isDirectory()) {
                    sink.directory(entry.path(), entry.mode());
                } else {
                    byte[] bytes = reseeding.apply(entry.path(), entry.load());
                    sink.file(
                            entry.path(),
                            entry.mode(),
                            bytes.length,
                            new ByteArrayInputStream(bytes));
                }
            }
        };
    }

    /**
     * Returns the contents of a backup: a data directory, or an archive of one, {@code .tar} or
     * compressed with gzip. Read when they are copied.
     */
    static Contents ofBackup(Path backup) {
        return sink -> {
            VersionWatch watch = new VersionWatch(sink);
            try {
                if (Files.isDirectory(backup)) {
                    DirectoryCopy.copy(backup, watch);
                } else {
                    TarArchive.read(backup, watch);
                }
            } catch (IOException e) {
                String message = String.valueOf(e.getMessage());
                throw message.startsWith(backup.toString())
                        ? e
                        : new IOException(backup + " cannot be copied: " + message, e);
            }
            if (!watch.seen()) {
                throw new IOException(
                        backup
                                + " holds no PostgreSQL data directory: there is no "
                                + DataDirectory.VERSION_FILE);
            }
        };
    }

    /**
     * Returns whether a file or directory of a data directory is of the running server only, or
     * made again by the next, and is left out of copies.
     *
     * @param path relative to the data directory
     */
    static boolean isTransient(String path) {
        return TransientFiles.matches(path);
    }

    /** Returns the control file of the image's data directory. */
    static byte[] ownControlFile(Distribution image) {
        return image.pgdataFiles().stream()
                .filter(entry -> entry.path().equals(ControlFile.PATH))
                .findFirst()
                .orElseThrow(
                        () ->
                                new UncheckedIOException(
                                        new IOException("the image has no " + ControlFile.PATH)))
                .load();
    }
}
