package io.github.jdbcpglite.build.fetch;

import io.github.jdbcpglite.build.stage.PipelineException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Unpacks gzipped tar archives. */
public final class Tarball {
    private Tarball() {}

    /**
     * Writes the wanted regular files of an archive.
     *
     * @param archive a {@code .tgz}
     * @param directory where to, created when needed
     * @param wanted decides by the path in the archive
     * @throws PipelineException if an entry points outside the directory
     * @throws IOException if the archive is damaged or a file cannot be written
     */
    public static void unpack(Path archive, Path directory, Predicate<String> wanted)
            throws IOException {
        Path root = directory.toAbsolutePath().normalize();
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new GzipCompressorInputStream(file))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                if (entry.isFile() && wanted.test(entry.getName())) {
                    Path target = inside(root, entry.getName(), archive);
                    Files.createDirectories(target.getParent());
                    Files.copy(tar, target);
                }
            }
        }
    }

    private static Path inside(Path root, String name, Path archive) {
        Path target = root.resolve(name).normalize();
        if (!target.startsWith(root) || target.equals(root)) {
            throw new PipelineException(
                    archive.getFileName()
                            + " holds the path '"
                            + name
                            + "', which leads outside the directory it is unpacked to");
        }
        return target;
    }
}
