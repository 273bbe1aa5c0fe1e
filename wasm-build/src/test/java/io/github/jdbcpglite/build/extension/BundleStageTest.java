package io.github.jdbcpglite.build.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jdbcpglite.build.stage.FileTrees;
import io.github.jdbcpglite.build.stage.Hashes;
import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.stage.StageRunner;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stages around the compiler, on archives of a few bytes. */
final class BundleStageTest {
    private static final BundleSpec SPEC = new BundleSpec("test", "group:test", Optional.empty());

    @TempDir Path directory;

    private Path dist;

    @BeforeEach
    void makeDirectories() throws IOException {
        dist = Files.createDirectories(directory.resolve("dist"));
        Files.createDirectories(directory.resolve("compile/image/lib/one"));
        Files.writeString(directory.resolve("compile/image/lib/one/module.wasm"), "wasm");
        Files.writeString(
                directory.resolve("compile/modules.list"),
                "p.lib.one.Machine lib/one/module.wasm abc /pglite/lib/one.so\n");
        Files.writeString(
                directory.resolve("image.properties"),
                "format=1\npglite.version=9.9\npglite.wasm.sha256=abc\n");
    }

    private void archive(String unit, Map<String, String> files) throws IOException {
        try (OutputStream file = Files.newOutputStream(dist.resolve(unit + ".tar.gz"));
                TarArchiveOutputStream tar =
                        new TarArchiveOutputStream(new GzipCompressorOutputStream(file))) {
            for (var each : new TreeMap<>(files).entrySet()) {
                byte[] bytes = each.getValue().getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(each.getKey());
                entry.setSize(bytes.length);
                tar.putArchiveEntry(entry);
                tar.write(bytes);
                tar.closeArchiveEntry();
            }
        }
    }

    private Path unpack() throws IOException {
        Path output = directory.resolve("unpack");
        new StageRunner(directory.resolve("stamps"), line -> {}, true)
                .run(new UnpackStage(dist), output);
        return output;
    }

    private Path bundle() throws IOException {
        Path output = directory.resolve("out");
        new StageRunner(directory.resolve("stamps"), line -> {}, true)
                .run(
                        new BundleStage(
                                SPEC,
                                directory.resolve("image.properties"),
                                unpack(),
                                directory.resolve("compile")),
                        output);
        return output;
    }

    private void archiveOne() throws IOException {
        archive(
                "one",
                Map.of(
                        "share/postgresql/extension/a.control",
                        "default_version = '1.0'\nrequires = 'b, other'\n",
                        "share/postgresql/extension/b.control",
                        "default_version = '2.0'\n",
                        "lib/one.so",
                        "code",
                        "include/one.h",
                        "header",
                        "share/doc/one.example",
                        "text"));
    }

    @Test
    void librariesAreTakenOutAndWhatNobodyReadsIsLeftOut() throws IOException {
        archiveOne();
        Path unpacked = unpack();
        assertThat(FileTrees.files(unpacked))
                .containsExactly(
                        "libraries/pglite/lib/one.so",
                        "units/one/pglite/lib/one.so",
                        "units/one/pglite/share/postgresql/extension/a.control",
                        "units/one/pglite/share/postgresql/extension/b.control");
        assertThat(unpacked.resolve("libraries/pglite/lib/one.so")).hasContent("code");
        assertThat(unpacked.resolve("units/one/pglite/lib/one.so")).isEmptyFile();
    }

    @Test
    void theListSaysWhatIsThere() throws IOException {
        archiveOne();
        Path bundle = bundle();
        assertThat(Files.readAllLines(bundle.resolve("bundle.properties")))
                .contains(
                        "name=test",
                        "artifact=group:test",
                        "pglite.version=9.9",
                        "pglite.wasm.sha256=abc",
                        "unit.0.name=one",
                        "unit.0.extensions=a 1.0,b 2.0",
                        "unit.0.libraries=one",
                        "unit.0.requires=other",
                        "side.0.path=/pglite/lib/one.so",
                        "unit.0.index.sha256=" + Hashes.ofFile(bundle.resolve("units/one.index")));
        assertThat(Files.readAllLines(bundle.resolve("units/one.index")))
                .contains(
                        "d 755 0 /pglite/share/postgresql",
                        "f 755 0 /pglite/lib/one.so",
                        "f 644 24 /pglite/share/postgresql/extension/b.control");
        assertThat(bundle.resolve("lib/one/module.wasm")).hasContent("wasm");
    }

    @Test
    void equalArchivesMakeEqualBytes() throws IOException {
        archiveOne();
        String first = Hashes.ofTree(bundle());
        assertThat(Hashes.ofTree(bundle())).isEqualTo(first);
    }

    @Test
    void twoArchivesWithOneLibraryAreRefused() throws IOException {
        archive("one", Map.of("lib/x.so", "1"));
        archive("two", Map.of("lib/x.so", "2"));
        assertThatThrownBy(this::unpack)
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("two")
                .hasMessageContaining("lib/x.so");
    }

    @Test
    void noArchivesAreRefused() {
        assertThatThrownBy(this::unpack)
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("no extension archives");
    }

    @Test
    void anImageThatWasNotMadeIsNamed() {
        assertThatThrownBy(
                        () ->
                                ExtensionStages.of(
                                        SPEC,
                                        directory,
                                        directory.resolve("nowhere"),
                                        directory,
                                        ""))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("pglite-image");
    }
}
