package io.github.jdbcpglite.engine.nativecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class LibraryCacheTest {
    private static final String NAME = "lib.so";

    @TempDir Path directory;

    private final AtomicInteger opened = new AtomicInteger();
    private final LibraryCache.Source source =
            () -> {
                opened.incrementAndGet();
                return new ByteArrayInputStream("code".getBytes(StandardCharsets.UTF_8));
            };

    private LibraryCache cache() {
        return new LibraryCache(directory.resolve("deep").resolve("cache"));
    }

    @Test
    void aLibraryIsWrittenOnceAndNothingElseIsLeft() throws IOException {
        Path file = cache().file(NAME, "digest", source);
        assertThat(file).hasContent("code").hasFileName(NAME);
        assertThat(cache().file(NAME, "digest", source)).isEqualTo(file);
        assertThat(opened).hasValue(1);
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
        assertThat(cache().file(NAME, "other", source)).isNotEqualTo(file);
    }

    @Test
    void aSourceThatFailsLeavesNothing() throws IOException {
        assertThatThrownBy(
                        () ->
                                cache().file(
                                                NAME,
                                                "digest",
                                                () -> {
                                                    throw new IOException("cut");
                                                }))
                .isInstanceOf(IOException.class)
                .hasMessage("cut");
        assertThat(cache().file(NAME, "digest", source)).hasContent("code");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "files there have no such permissions")
    void aFolderThatOthersCanWriteToIsRefusedByName() throws IOException {
        Path folder = cache().file(NAME, "digest", source).resolveSibling("");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwx---"));
        assertThatThrownBy(() -> cache().file(NAME, "digest", source))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder.toString());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links there need a privilege")
    void aLinkIsNotFollowed() throws IOException {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path root = Files.createDirectories(directory.resolve("deep").resolve("cache"));
        Files.createSymbolicLink(root.resolve("digest"), elsewhere);
        assertThatThrownBy(() -> cache().file(NAME, "digest", source))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void aCopyForAnotherClassLoaderIsAnotherFile() throws IOException {
        Path file = cache().file(NAME, "digest", source);
        Path copy = cache().copyOf(file);
        assertThat(copy).isNotEqualTo(file).hasContent("code").hasParent(file.getParent());
    }
}
