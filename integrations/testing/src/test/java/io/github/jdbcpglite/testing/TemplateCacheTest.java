package io.github.jdbcpglite.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Templates that several JVMs share, as the forks of a build. */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TemplateCacheTest {
    private static final long DEADLINE_SECONDS = 120;

    @TempDir Path temp;

    private Path cache() {
        return temp.resolve("cache");
    }

    private Process fork(String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:+UseSerialGC");
        command.add("-D" + FillingFork.JOURNAL + "=" + temp.resolve("journal"));
        command.add("-D" + FillingFork.CONTENT + "=as ever");
        command.add("-D" + TemplateCache.PROPERTY + "=" + cache());
        command.addAll(List.of(options));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(FillingFork.class.getName());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(temp.toFile());
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        return builder.start();
    }

    private static void assertGood(Process fork) throws Exception {
        String output = new String(fork.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output.lines()).containsExactly("7", "7");
        assertThat(fork.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(fork.exitValue()).isZero();
    }

    private long filled() throws IOException {
        Path journal = temp.resolve("journal");
        return Files.exists(journal) ? Files.readAllLines(journal).size() : 0;
    }

    private List<String> kept(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(cache())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(suffix))
                    .toList();
        }
    }

    @Test
    void forksOfABuildFillOnce() throws Exception {
        List<Process> forks = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                forks.add(fork());
            }
            for (Process fork : forks) {
                assertGood(fork);
            }
        } finally {
            forks.forEach(Process::destroyForcibly);
        }
        assertThat(filled()).isOne();
        assertThat(kept(".tar")).hasSize(1);
        assertThat(kept(".part")).isEmpty();
    }

    @Test
    void aForkThatIsKilledWhileItFillsLeavesItToTheNext() throws Exception {
        Process killed = fork("-D" + FillingFork.HANGS + "=true");
        Process next = null;
        try {
            while (filled() == 0) {
                assertThat(killed.isAlive()).isTrue();
                Thread.onSpinWait();
            }
            next = fork(); // waits for the first
            killed.toHandle().destroyForcibly();
            assertGood(next);
        } finally {
            killed.destroyForcibly();
            if (next != null) {
                next.destroyForcibly();
            }
        }
        assertThat(filled()).isEqualTo(2);
        assertThat(kept(".tar")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"pglite.testing.cache=off, 0", "test.content=other, 2"})
    void nothingIsTakenForWhatItIsNot(String option, int archives) throws Exception {
        assertGood(fork(option.startsWith("test") ? "-Dunused=1" : "-D" + option));
        assertGood(fork("-D" + option));
        assertThat(filled()).isEqualTo(2);
        if (archives == 0) {
            assertThat(cache()).doesNotExist();
        } else {
            assertThat(kept(".tar")).hasSize(archives);
        }
    }

    @Test
    void aDamagedArchiveIsMadeAgain() throws Exception {
        assertGood(fork());
        Path archive = cache().resolve(kept(".tar").get(0));
        Files.writeString(archive, "damaged");
        assertGood(fork());
        assertThat(filled()).isEqualTo(2);
        assertThat(Files.size(archive)).isGreaterThan(1_000_000);
    }

    /** Without a database: a maker that writes small files. */
    @Test
    void theOldestGoAndWhatKilledProcessesLeft() throws Exception {
        TemplateCache small = new TemplateCache(cache());
        Maker maker = new Maker();
        int count = TemplateCache.MAX_ARCHIVES + 2;
        for (int i = 0; i < count; i++) {
            assertThat(small.obtain("key" + i, maker)).isEqualTo("filled");
            Files.setLastModifiedTime(
                    cache().resolve("key" + i + ".tar"), FileTime.fromMillis(1000L * i));
            if (i == 0) {
                Files.createDirectories(cache().resolve("gone.part"));
                Files.writeString(cache().resolve("gone.part/template.tar"), "half");
            }
        }
        assertThat(kept(".tar")).hasSize(TemplateCache.MAX_ARCHIVES).doesNotContain("key0.tar");
        assertThat(kept(".part")).isEmpty();
        assertThat(kept(".lock")).hasSize(TemplateCache.MAX_ARCHIVES);
        assertThat(small.obtain("key" + (count - 1), maker)).isEqualTo("loaded");
    }

    /** As the cache of somebody else, or on a disk that is full. */
    @Test
    void aDirectoryThatCannotBeUsedCostsNothingButTime() throws Exception {
        Files.writeString(cache(), "a file");
        TemplateCache unusable = new TemplateCache(cache());
        assertThat(unusable.obtain("key", new Maker())).isEqualTo("filled");
    }

    /** Fills and loads nothing. */
    private static final class Maker implements TemplateCache.Maker {
        @Override
        public String fill() {
            return "filled";
        }

        @Override
        public String load(Path archive) {
            return "loaded";
        }

        @Override
        public void write(String name, Path archive) {
            try {
                Files.writeString(archive, name);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
