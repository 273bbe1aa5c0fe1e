package io.github.jdbcpglite.wasm.directory;

import io.github.jdbcpglite.wasm.image.ImageEntry;
import io.github.jdbcpglite.wasm.image.PgliteImage;
import java.io.IOException;
import java.io.UncheckedIOException;
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

        /** Takes a file, complete with its bytes, which belong to the sink from now on. */
        void file(String path, int mode, byte[] bytes) throws IOException;
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
    static Contents fresh(PgliteImage image) {
        return sink -> {
            List<ImageEntry> entries = image.pgdataFiles();
            Reseeding reseeding = new Reseeding(new SecureRandom(), Instant.now());
            for (ImageEntry entry : entries) {
                if (entry.path().equals(ControlFile.PATH)) {
                    reseeding.prepare(entry.load());
                }
            }
            for (ImageEntry entry : entries) {
                if (entry.isDirectory()) {
                    sink.directory(entry.path(), entry.mode());
                } else {
                    byte[] bytes = reseeding.apply(entry.path(), entry.load());
                    sink.file(entry.path(), entry.mode(), bytes);
                }
            }
        };
    }

    /** Returns the control file of the image's data directory. */
    static byte[] ownControlFile(PgliteImage image) {
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
