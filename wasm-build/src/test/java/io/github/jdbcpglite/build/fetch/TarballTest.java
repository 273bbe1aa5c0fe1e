package io.github.jdbcpglite.build.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jdbcpglite.build.stage.PipelineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TarballTest {
    @TempDir Path directory;

    private Path archive(String... names) throws IOException {
        Path file = directory.resolve("a.tgz");
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(
                        new GzipCompressorOutputStream(Files.newOutputStream(file)))) {
            for (String name : names) {
                byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(name, true);
                entry.setSize(bytes.length);
                tar.putArchiveEntry(entry);
                tar.write(bytes);
                tar.closeArchiveEntry();
            }
            TarArchiveEntry link = new TarArchiveEntry("package/link", TarConstants.LF_SYMLINK);
            link.setLinkName("/etc/passwd");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }
        return file;
    }

    @Test
    void writesWantedRegularFilesOnly() throws IOException {
        Path out = directory.resolve("out");
        Tarball.unpack(
                archive("package/dist/a.js", "package/dist/a.js.map"),
                out,
                name -> !name.endsWith(".map"));
        assertThat(out.resolve("package/dist")).isDirectoryContaining("glob:**/a.js");
        assertThat(out.resolve("package/dist/a.js.map")).doesNotExist();
        assertThat(Files.isSymbolicLink(out.resolve("package/link"))).isFalse();
    }

    @Test
    void refusesPathsThatLeadOut() throws IOException {
        Path out = directory.resolve("out");
        for (String name : new String[] {"../evil", "package/../../evil", "/evil"}) {
            Path archive = archive(name);
            assertThatThrownBy(() -> Tarball.unpack(archive, out, any -> true))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining(name);
        }
        assertThat(directory.resolve("evil")).doesNotExist();
    }

    @Test
    void refusesADamagedArchive() throws IOException {
        Path archive = archive("package/a");
        byte[] bytes = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> Tarball.unpack(archive, directory.resolve("out"), any -> true))
                .isInstanceOf(IOException.class);
    }
}
