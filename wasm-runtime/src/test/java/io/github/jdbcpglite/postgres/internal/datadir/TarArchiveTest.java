package io.github.jdbcpglite.postgres.internal.datadir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
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

    @Test
    void aNameThatWouldFillTheHeapIsRefused() throws IOException {
        Path archive = temp.resolve("name.tar");
        int size = 3 << 20;
        try (OutputStream file = Files.newOutputStream(archive);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(file)) {
            TarArchiveEntry name =
                    new TarArchiveEntry(
                            TarConstants.GNU_LONGLINK, TarConstants.LF_GNUTYPE_LONGNAME);
            name.setSize(size);
            tar.putArchiveEntry(name);
            tar.write(new byte[size]);
            tar.closeArchiveEntry();
        }
        assertThatThrownBy(() -> TarArchive.read(archive, new Collector()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("too long");
    }

    @Test
    void moreFilesOrLargerOnesThanAClusterHasAreRefused() throws IOException {
        CopyLimits limits = new CopyLimits("the archive");
        limits.file("base/1/1", CopyLimits.MAX_FILE_BYTES);
        assertThatThrownBy(() -> limits.file("base/1/1", CopyLimits.MAX_FILE_BYTES + 1))
                .hasMessageContaining("base/1/1");
        for (int i = 0; i < CopyLimits.MAX_ENTRIES; i++) {
            limits.entry();
        }
        assertThatThrownBy(limits::entry).hasMessageContaining("more than 1000000 files");
    }

    /** {@code -Darchive.mutants=N} and {@code -Darchive.seed=N} set how many and which. */
    @ParameterizedTest
    @ValueSource(strings = {"a.tar", "a.tar.gz"})
    void damagedArchivesAreReadOrRefused(String name) throws IOException {
        long seed = Long.getLong("archive.seed", System.nanoTime());
        Random random = new Random(seed);
        Path good = temp.resolve(name);
        TarArchive.write(
                good,
                sink -> {
                    sink.directory("base", 0700);
                    add(sink, "PG_VERSION", "18\n");
                    add(sink, "base/" + "n".repeat(150), "x".repeat(2000));
                    add(sink, "base/1", "y");
                },
                false);
        byte[] bytes = Files.readAllBytes(good);
        Path damaged = temp.resolve("damaged-" + name);
        for (int i = 0; i < Integer.getInteger("archive.mutants", 1000); i++) {
            byte[] mutant = bytes.clone();
            for (int k = random.nextInt(5); k >= 0; k--) {
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
            }
            Files.write(damaged, Arrays.copyOf(mutant, 1 + random.nextInt(2 * mutant.length)));
            try {
                TarArchive.read(damaged, (DamagedSink) (path, bytesOf) -> bytesOf.readAllBytes());
            } catch (IOException e) {
                assertThat(e).as("mutant %s of seed %s", i, seed).hasMessageNotContaining("null");
            }
        }
    }

    /** Takes whatever comes, as far as it can be read. */
    @FunctionalInterface
    private interface DamagedSink extends Contents.Sink {
        void file(String path, InputStream bytes) throws IOException;

        @Override
        default void directory(String path, int mode) {}

        @Override
        default void file(String path, int mode, long size, InputStream bytes) throws IOException {
            file(path, bytes);
        }
    }
}
