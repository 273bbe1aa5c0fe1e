package io.github.jdbcpglite.postgres.internal.datadir;

import io.github.jdbcpglite.postgres.internal.tar.TarFormatException;
import io.github.jdbcpglite.postgres.internal.tar.TarReader;
import io.github.jdbcpglite.postgres.internal.tar.TarWriter;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A data directory in a tar archive, as PGlite's {@code dumpDataDir} writes and its {@code
 * loadDataDir} reads it: names are relative to the data directory and start with a slash.
 */
public final class TarArchive {
    private static final int GZIP_FIRST_BYTE = 0x1f;
    private static final int FILE_MODE = 0600;
    private static final int DIRECTORY_MODE = 0700;

    private TarArchive() {}

    /**
     * Reads an archive, compressed with gzip or not.
     *
     * @throws IOException if it cannot be read or is no such archive
     */
    static void read(Path archive, Contents.Sink sink) throws IOException {
        if (!Files.isRegularFile(archive)) {
            throw new IOException(
                    archive + (Files.exists(archive) ? " is no regular file" : " does not exist"));
        }
        CopyLimits limits = new CopyLimits(archive);
        try (CopyLimits.Counter packed = new CopyLimits.Counter(Files.newInputStream(archive));
                CopyLimits.Expanded bytes =
                        limits.new Expanded(expanded(new BufferedInputStream(packed)), packed);
                TarReader tar = new TarReader(bytes)) {
            Set<String> directories = new HashSet<>();
            TarReader.Entry entry = next(tar, archive);
            while (entry != null) {
                limits.entry();
                bytes.contents();
                String name = relative(entry.name(), archive);
                if (!name.isEmpty() && !Contents.isTransient(name)) {
                    parents(name, directories, sink);
                    if (!entry.directory()) {
                        limits.file(name, entry.size());
                        sink.file(name, FILE_MODE, entry.size(), tar);
                    } else if (directories.add(name)) {
                        sink.directory(name, DIRECTORY_MODE);
                    }
                }
                tar.transferTo(OutputStream.nullOutputStream()); // what nobody wanted
                bytes.headers();
                entry = next(tar, archive);
            }
        }
        if (limits.entries() == 0) {
            throw new IOException(archive + " is no tar archive or an empty one");
        }
    }

    /**
     * Returns whether an archive holds a copy of a cluster.
     *
     * @param systemIdentifier of the cluster
     * @throws IOException if it cannot be read or is no archive
     */
    public static boolean holds(Path archive, long systemIdentifier) throws IOException {
        boolean[] found = new boolean[1];
        read(
                archive,
                new Contents.Sink() {
                    @Override
                    public void directory(String path, int mode) {
                        // only the control file is of interest
                    }

                    @Override
                    public void file(String path, int mode, long size, InputStream bytes)
                            throws IOException {
                        if (path.equals(ControlFile.PATH)) {
                            byte[] head = bytes.readNBytes(Long.BYTES);
                            found[0] =
                                    head.length == Long.BYTES
                                            && new ControlFile(head).systemIdentifier()
                                                    == systemIdentifier;
                        }
                    }
                });
        return found[0];
    }

    /** Returns the next entry; what is wrong with an archive is said with its name. */
    private static TarReader.@Nullable Entry next(TarReader tar, Path archive) throws IOException {
        try {
            return tar.next();
        } catch (TarFormatException e) {
            throw new IOException(archive + " is no tar archive: " + e.getMessage(), e);
        }
    }

    private static void parents(String name, Set<String> directories, Contents.Sink sink)
            throws IOException {
        int slash = name.indexOf('/');
        while (slash >= 0) {
            String parent = name.substring(0, slash);
            if (directories.add(parent)) {
                sink.directory(parent, DIRECTORY_MODE);
            }
            slash = name.indexOf('/', slash + 1);
        }
    }

    private static InputStream expanded(InputStream file) throws IOException {
        file.mark(1);
        int first = file.read();
        file.reset();
        return first == GZIP_FIRST_BYTE ? new GZIPInputStream(file) : file;
    }

    /** Returns a name without slashes around it and without a leading {@code ./}. */
    private static String relative(String name, Path archive) throws IOException {
        String clean = name.replaceFirst("^(\\./|/)+", "").replaceFirst("/+$", "");
        for (String part : clean.split("/", -1)) {
            if (part.equals("..") || part.contains("\\")) {
                throw new IOException(archive + " has an entry that leads elsewhere: " + name);
            }
        }
        return clean.equals(".") ? "" : clean;
    }

    /**
     * Writes an archive, compressed if its name ends in {@code gz}. It gets its name when it is
     * complete and on the disk. What earlier calls of dead processes have left beside it goes.
     *
     * @param replacing whether it may take the place of a file of that name
     * @throws IOException if it cannot be written; then nothing of that name was made or changed
     */
    public static void write(Path archive, Contents contents, boolean replacing)
            throws IOException {
        BasicFileAttributes present = PlainFiles.attributes(archive);
        if (present != null && !present.isRegularFile()) {
            throw new IOException(archive + " is there already, and no regular file");
        }
        boolean gzip = archive.toString().toLowerCase(Locale.ROOT).endsWith("gz");
        try (PartialFile partial = PartialFile.beside(archive)) {
            try (OutputStream file = new BufferedOutputStream(partial.output());
                    OutputStream packed = gzip ? new GZIPOutputStream(file) : file) {
                TarWriter tar = new TarWriter(packed, System.currentTimeMillis() / 1000);
                contents.copyTo(new TarSink(tar));
                tar.finish();
            }
            partial.complete(archive, replacing);
        }
    }

    /** Writes entries. */
    private record TarSink(TarWriter tar) implements Contents.Sink {
        @Override
        public void directory(String path, int mode) throws IOException {
            tar.directory("/" + path, mode);
        }

        @Override
        public void file(String path, int mode, long size, InputStream bytes) throws IOException {
            tar.file("/" + path, mode, size, bytes);
        }
    }
}
