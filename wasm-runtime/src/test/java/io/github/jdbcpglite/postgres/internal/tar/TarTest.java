package io.github.jdbcpglite.postgres.internal.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives of this package are those of commons-compress, in both directions. */
final class TarTest {
    /** Names and texts of files; a name with a slash at its end is a directory's. */
    private static final Map<String, String> ENTRIES = entries();

    private static Map<String, String> entries() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("/base/", "");
        entries.put("/PG_VERSION", "18\n");
        entries.put("/" + "n".repeat(98), "one less than fits");
        entries.put("/" + "n".repeat(99), "fits");
        entries.put("/" + "n".repeat(100), "does not");
        // The record "NN path=/…" gets a digit more at a length of 100.
        for (int length = 85; length < 95; length++) {
            entries.put("/" + "ü".repeat(length / 2) + "x".repeat(length % 2), "umlauts");
        }
        entries.put("/" + "d".repeat(200) + "/", "");
        for (int size : new int[] {0, 1, 511, 512, 513, 3_000}) {
            entries.put("/size" + size, "s".repeat(size));
        }
        return entries;
    }

    @Test
    void commonsCompressReadsWhatIsWritten() throws IOException {
        Map<String, String> read = new LinkedHashMap<>();
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new ByteArrayInputStream(written()), "UTF-8")) {
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null) {
                assertThat(entry.isCheckSumOK()).as(entry.getName()).isTrue();
                assertThat(entry.getMode()).isEqualTo(entry.isDirectory() ? 0700 : 0600);
                assertThat(entry.getLastModifiedTime().toMillis()).isEqualTo(1_234_000);
                // It drops a slash in front where the name is an attribute.
                String name = entry.getName().startsWith("/") ? "" : "/";
                read.put(name + entry.getName(), text(tar.readAllBytes()));
                entry = tar.getNextEntry();
            }
        }
        assertThat(read).isEqualTo(ENTRIES);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {TarArchiveOutputStream.LONGFILE_POSIX, TarArchiveOutputStream.LONGFILE_GNU})
    void whatCommonsCompressWritesIsRead(int longNames) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            tar.setLongFileMode(longNames);
            for (Map.Entry<String, String> entry : ENTRIES.entrySet()) {
                byte[] contents = entry.getValue().getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry header = new TarArchiveEntry(entry.getKey(), true);
                header.setSize(contents.length);
                tar.putArchiveEntry(header);
                tar.write(contents);
                tar.closeArchiveEntry();
            }
        }
        assertThat(read(bytes.toByteArray())).isEqualTo(ENTRIES);
    }

    @Test
    void whatIsWrittenIsReadAndContentsMayBePassedOver() throws IOException {
        assertThat(read(written())).isEqualTo(ENTRIES);
        int entries = 0;
        try (TarReader tar = new TarReader(new ByteArrayInputStream(written()))) {
            while (tar.next() != null) {
                entries++;
            }
        }
        assertThat(entries).isEqualTo(ENTRIES.size());
    }

    @Test
    void aLargeSizeIsReadInEachForm() throws IOException {
        long size = 9L << 30;
        for (int mode :
                new int[] {
                    TarArchiveOutputStream.BIGNUMBER_POSIX, TarArchiveOutputStream.BIGNUMBER_STAR
                }) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes);
            tar.setBigNumberMode(mode);
            TarArchiveEntry header = new TarArchiveEntry("large", true);
            header.setSize(size);
            tar.putArchiveEntry(header);
            tar.flush();
            try (TarReader reader = new TarReader(new ByteArrayInputStream(bytes.toByteArray()))) {
                assertThat(reader.next()).isEqualTo(new TarReader.Entry("large", false, size));
            }
        }
    }

    @Test
    void thePrefixOfPosixIsPartOfTheName() throws IOException {
        byte[] block = Arrays.copyOf(archiveOf(TarHeader.FILE, "16384"), TarHeader.BLOCK);
        TarHeader header = new TarHeader(block);
        header.bytes(TarHeader.PREFIX, "base/5".getBytes(StandardCharsets.US_ASCII));
        header.seal();
        assertThat(read(Arrays.copyOf(block, 3 * TarHeader.BLOCK)))
                .containsOnlyKeys("base/5/16384");
    }

    @Test
    void aSymbolicLinkIsRefused() {
        assertThatThrownBy(() -> read(archiveOf(TarConstants.LF_SYMLINK, "pg_wal")))
                .isInstanceOf(TarFormatException.class)
                .hasMessageContaining("neither a file nor a directory: pg_wal");
    }

    @Test
    void aWrongChecksumIsRefused() {
        byte[] archive = archiveOf(TarHeader.FILE, "name");
        archive[0] = 'x';
        assertThatThrownBy(() -> read(archive)).hasMessage("a checksum is wrong");
    }

    @Test
    void anArchiveThatIsCutOffIsRefusedWhereverThatIs() throws IOException {
        byte[] whole = written();
        int end = whole.length - 2 * TarHeader.BLOCK;
        for (int length = 1; length < end; length += 97) {
            if (length % TarHeader.BLOCK != 0) {
                byte[] part = Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> read(part)).hasMessage("it is cut off");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "5 a=b\n", "6 abc\n", "999 a=b\n", "3 \n", "7 size=", "9 size=x\n"})
    void attributesThatAreNoneAreRefused(String attributes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] header = Arrays.copyOf(archiveOf(TarHeader.PAX, "PaxHeader"), TarHeader.BLOCK);
        TarHeader edited = new TarHeader(header);
        edited.octal(TarHeader.SIZE, attributes.length());
        edited.seal();
        bytes.writeBytes(header);
        bytes.writeBytes(
                Arrays.copyOf(attributes.getBytes(StandardCharsets.US_ASCII), TarHeader.BLOCK));
        bytes.writeBytes(archiveOf(TarHeader.FILE, "name"));
        assertThatThrownBy(() -> read(bytes.toByteArray())).isInstanceOf(TarFormatException.class);
    }

    @Test
    void fewerOrMoreBytesThanSaidAreRefused() {
        for (int said : new int[] {3, 5}) {
            TarWriter tar = new TarWriter(new ByteArrayOutputStream(), 0);
            assertThatThrownBy(
                            () -> tar.file("f", 0600, said, new ByteArrayInputStream(new byte[4])))
                    .hasMessageContaining("f was said to have " + said + " bytes, and had 4");
        }
    }

    private static byte[] written() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TarWriter tar = new TarWriter(bytes, 1234);
        for (Map.Entry<String, String> entry : ENTRIES.entrySet()) {
            if (entry.getKey().endsWith("/")) {
                tar.directory(entry.getKey(), 0700);
            } else {
                byte[] contents = entry.getValue().getBytes(StandardCharsets.UTF_8);
                tar.file(entry.getKey(), 0600, contents.length, new ByteArrayInputStream(contents));
            }
        }
        tar.finish();
        return bytes.toByteArray();
    }

    private static Map<String, String> read(byte[] archive) throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        try (TarReader tar = new TarReader(new ByteArrayInputStream(archive))) {
            TarReader.Entry entry = tar.next();
            while (entry != null) {
                String text = text(tar.readAllBytes());
                assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSize((int) entry.size());
                entries.put(entry.name() + (entry.directory() ? "/" : ""), text);
                entry = tar.next();
            }
        }
        return entries;
    }

    /** Returns an archive with an entry of no contents. */
    private static byte[] archiveOf(int type, String name) {
        byte[] block = new byte[TarHeader.BLOCK];
        TarHeader header = new TarHeader(block);
        header.bytes(TarHeader.NAME, name.getBytes(StandardCharsets.US_ASCII));
        header.octal(TarHeader.SIZE, 0);
        header.type((char) type);
        header.bytes(TarHeader.MAGIC, TarHeader.USTAR.getBytes(StandardCharsets.US_ASCII));
        header.seal();
        return Arrays.copyOf(block, 3 * TarHeader.BLOCK);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
