package io.github.jdbcpglite.build.bundle;

import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.postgres.internal.distribution.IndexLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Writes the index of a directory of the image. */
public final class IndexFile {
    private IndexFile() {}

    /**
     * Writes lines sorted by path, which puts parents first.
     *
     * @param file the index to create
     * @param lines in any order
     * @throws PipelineException if two paths differ only in case, which some file systems of build
     *     machines cannot hold
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, List<IndexLine> lines) throws IOException {
        Set<String> seen = new HashSet<>();
        StringBuilder text = new StringBuilder();
        for (IndexLine line :
                lines.stream().sorted(Comparator.comparing(IndexLine::path)).toList()) {
            if (!seen.add(line.path().toLowerCase(Locale.ROOT))) {
                throw new PipelineException("two paths differ only in case: " + line.path());
            }
            text.append(line.format()).append('\n');
        }
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    /**
     * Reads an index.
     *
     * @param file the index
     * @throws IOException if the file cannot be read
     */
    public static List<IndexLine> read(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(IndexLine::parse).toList();
    }
}
