package io.github.jdbcpglite.wasm.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarArchiveTest {
    @TempDir Path temp;

    /** Keeps what it is given: text of files, a slash for directories. */
    private static final class Collector implements Contents.Sink {
        final Map<String, String> entries = new TreeMap<>();

        @Override
        public void directory(String path, int mode) {
            entries.put(path, "/");
        }

        @Override
        public void file(String path, int mode, long size, InputStream bytes) throws IOException {
            String text = new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text).hasSize((int) size);
            entries.put(path, text);
        }
    }

    private static void add(Contents.Sink sink, String path, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sink.file(path, 0600, bytes.length, new ByteArrayInputStream(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.tar", "a.tar.gz", "a.tgz"})
    void whatIsWrittenIsReadAgain(String name) throws IOException {
        Path archive = temp.resolve(name);
        String longName = "base/" + "n".repeat(150);
        TarArchive.write(
                archive,
                sink -> {
                    sink.directory("base", 0700);
                    add(sink, "PG_VERSION", "18\n");
                    add(sink, longName, "x".repeat(20_000));
                },
                false);
        Collector read = new Collector();
        TarArchive.read(archive, read);
        assertThat(read.entries)
                .isEqualTo(Map.of("base", "/", "PG_VERSION", "18\n", longName, "x".repeat(20_000)));
    }

    @Test
    void whatBelongsToARunningServerIsLeftOutAndMissingDirectoriesAreMade() throws IOException {
        Path archive = temp.resolve("a.tar");
        TarArchive.write(
                archive,
                sink -> {
                    add(sink, "postmaster.pid", "42\n");
                    add(sink, "pg_stat_tmp/x", "");
                    add(sink, "base/5/t3_16384", "temporary");
                    add(sink, "base/5/16384", "kept");
                },
                false);
        Collector read = new Collector();
        TarArchive.read(archive, read);
        assertThat(read.entries)
                .isEqualTo(Map.of("base", "/", "base/5", "/", "base/5/16384", "kept"));
    }

    @Test
    void anEntryThatLeadsElsewhereIsRefused() throws IOException {
        Path archive = temp.resolve("a.tar");
        try (OutputStream file = Files.newOutputStream(archive);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(file)) {
            TarArchiveEntry entry = new TarArchiveEntry("base/../../evil", true);
            entry.setSize(1);
            tar.putArchiveEntry(entry);
            tar.write('x');
            tar.closeArchiveEntry();
        }
        assertThatThrownBy(() -> TarArchive.read(archive, new Collector()))
                .hasMessageContaining("evil");
    }

    @Test
    void aFailureLeavesTheOldArchiveAndNothingElse() throws IOException {
        Path archive = Files.writeString(temp.resolve("a.tar"), "old");
        assertThatThrownBy(
                        () ->
                                TarArchive.write(
                                        archive,
                                        sink -> {
                                            add(sink, "PG_VERSION", "18\n");
                                            throw new IOException("the disk is gone");
                                        },
                                        true))
                .hasMessageContaining("the disk is gone");
        assertThat(archive).hasContent("old");
        try (Stream<Path> left = Files.list(temp)) {
            assertThat(left).containsExactly(archive);
        }
    }
}
