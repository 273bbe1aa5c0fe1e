package io.github.jdbcpglite.postgres.internal.datadir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The file that a data directory has while it is being written. It says what for, and which of the
 * directory's entries the writer makes, so that a later one deletes no others. Not thread-safe.
 */
final class Marker {
    /** Name within the directory. */
    static final String NAME = "pglite.creating";

    private static final int MAX_BYTES = 1 << 20;

    /** What every data directory of this version has. Others are added before they are made. */
    private static final Set<String> USUAL =
            Set.of(
                    "base",
                    "global",
                    "pg_commit_ts",
                    "pg_dynshmem",
                    "pg_hba.conf",
                    "pg_ident.conf",
                    "pg_logical",
                    "pg_multixact",
                    "pg_notify",
                    "pg_replslot",
                    "pg_serial",
                    "pg_snapshots",
                    "pg_stat",
                    "pg_stat_tmp",
                    "pg_subtrans",
                    "pg_tblspc",
                    "pg_twophase",
                    "pg_wal",
                    "pg_xact",
                    "postgresql.auto.conf",
                    "postgresql.conf",
                    DirectoryMaker.VERSION_PART);

    /** What a server adds that runs while the directory is filled. */
    private static final Set<String> OF_SERVER =
            Set.of(
                    DataDirectory.VERSION_FILE,
                    PidFile.NAME,
                    PidFile.PARTIAL,
                    "postgresql.auto.conf.tmp");

    /** What a directory is written for. */
    enum Purpose {
        /** To be opened; begun again by whoever opens it. */
        CLUSTER("A data directory is being made here."),
        /**
         * To be opened and filled by whoever makes it, which may end with nothing to keep; begun
         * again by whoever opens it, even if it has everything that PostgreSQL needs.
         */
        FILLED("A data directory is being made and filled here."),
        /** As a copy; begun again by whoever copies to it, and not to be opened before. */
        COPY("A copy of a cluster is being written here.");

        private final String text;

        /** Returns whether the directory is complete when all of it has been written. */
        boolean endsWithWriting() {
            return this != FILLED;
        }

        Purpose(String text) {
            this.text = text;
        }
    }

    private final Path file;
    private final Purpose purpose;
    private final Set<String> others;

    private Marker(Path root, Purpose purpose, Set<String> others) {
        this.file = root.resolve(NAME);
        this.purpose = purpose;
        this.others = others;
    }

    /**
     * Reads the marker of a directory.
     *
     * @return {@code null} if there is none
     * @throws DirectoryException if a file of that name is no marker
     */
    static @Nullable Marker read(Path root) throws IOException, DirectoryException {
        Path file = root.resolve(NAME);
        if (!PlainFiles.requireRegular(file)) {
            return null;
        }
        String text = new String(PlainFiles.read(file, MAX_BYTES), StandardCharsets.UTF_8);
        List<String> lines = text.lines().toList();
        for (Purpose purpose : Purpose.values()) {
            if (!lines.isEmpty() && lines.get(0).equals(purpose.text)) {
                return new Marker(root, purpose, new HashSet<>(lines.subList(1, lines.size())));
            }
            if (purpose.text.startsWith(text)) { // killed while it was written, the first of all
                return new Marker(root, purpose, new HashSet<>());
            }
        }
        throw PlainFiles.unsuitable(
                file,
                "it is not of this library, which keeps a file of that name while it makes"
                        + " a data directory; move it away");
    }

    /** Writes a marker and waits until it is on the disk, in a directory that has no entry else. */
    static Marker write(Path root, Purpose purpose) throws IOException, DirectoryException {
        Pattern any = Pattern.compile(".*", Pattern.DOTALL); // the caller has read it
        PlainFiles.replace(root.resolve(NAME), purpose.text + "\n", any);
        return new Marker(root, purpose, new HashSet<>());
    }

    Purpose purpose() {
        return purpose;
    }

    /** Says that an entry is about to be made in the directory. */
    void announce(String name) throws IOException {
        if (!USUAL.contains(name) && others.add(name)) {
            Files.writeString(
                    file, name + "\n", StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /**
     * Checks that entries of the directory are what its writer makes.
     *
     * @throws DirectoryException naming one that is not
     */
    void requireOnly(Collection<String> names) throws DirectoryException {
        for (String name : names) {
            boolean ofServer = purpose == Purpose.FILLED && OF_SERVER.contains(name);
            if (!USUAL.contains(name) && !others.contains(name) && !ofServer) {
                throw PlainFiles.unsuitable(
                        file.resolveSibling(name),
                        "the directory was not made completely ("
                                + NAME
                                + " says so) and would be made again, and this is not of it; move"
                                + " it away");
            }
        }
    }

    /** Deletes the marker of a directory. */
    static void delete(Path root) throws IOException {
        Files.delete(root.resolve(NAME));
    }
}
