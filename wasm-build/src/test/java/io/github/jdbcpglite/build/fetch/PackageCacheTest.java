package io.github.jdbcpglite.build.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jdbcpglite.build.stage.Hashes;
import io.github.jdbcpglite.build.stage.PipelineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the fake npm is a shell script")
@Timeout(60)
final class PackageCacheTest {
    private static final byte[] GOOD = "archive".getBytes(StandardCharsets.UTF_8);
    private static final NpmPackage WANTED =
            new NpmPackage("@scope/name", "1.2.3", Hashes.ofBytes(GOOD));

    @TempDir Path directory;

    private Path cache;
    private Path source;
    private FakeNpm npm;

    @BeforeEach
    void prepare() throws IOException {
        cache = directory.resolve("cache");
        source = Files.write(directory.resolve("source"), GOOD);
        npm = new FakeNpm(directory.resolve("bin"));
    }

    private Path get() throws IOException {
        return get(Duration.ofSeconds(30));
    }

    private Path get(Duration timeout) throws IOException {
        NpmClient client = new NpmClient(npm.searchPath(), timeout);
        return new PackageCache(cache, client).get(WANTED, line -> {});
    }

    private List<String> cached() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".lock"))
                    .toList();
        }
    }

    @Test
    void downloadsOnceAndThenNeedsNoNpm() throws IOException {
        npm.delivering(source, "scope-name-1.2.3.tgz");
        Path first = get();
        npm.script("exit 1");
        assertThat(get()).isEqualTo(first).hasBinaryContent(GOOD);
        assertThat(npm.calls()).hasSize(1);
        assertThat(npm.calls().get(0)).startsWith("pack @scope/name@1.2.3 --ignore-scripts ");
        assertThat(cached()).containsExactly("scope-name-1.2.3.tgz");
    }

    @Test
    void aMissingNpmIsSaidAndWhatToDo() {
        assertThatThrownBy(this::get)
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("npm is needed")
                .hasMessageContaining("Install Node.js")
                .hasMessageContaining("scope-name-1.2.3.tgz");
    }

    @Test
    void aFailingNpmIsSaidInItsOwnWords() throws IOException {
        npm.script("echo 'network is down' >&2; exit 7");
        assertThatThrownBy(this::get)
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("exit status 7")
                .hasMessageContaining("network is down");
        assertThat(cached()).isEmpty();
    }

    @Test
    void anotherChecksumIsRefusedAndNotKept() throws IOException {
        Path other = Files.writeString(directory.resolve("other"), "tampered");
        npm.delivering(other, "scope-name-1.2.3.tgz");
        assertThatThrownBy(this::get)
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining(Hashes.ofFile(other))
                .hasMessageContaining(WANTED.sha256());
        assertThat(cached()).isEmpty();
    }

    @Test
    void anNpmThatDeliversNothingIsSaid() throws IOException {
        npm.script("echo done");
        assertThatThrownBy(this::get)
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("left no scope-name-1.2.3.tgz");
    }

    @Test
    void aDamagedArchiveIsDownloadedAgain() throws IOException {
        npm.delivering(source, "scope-name-1.2.3.tgz");
        Files.createDirectories(cache);
        Files.writeString(cache.resolve("scope-name-1.2.3.tgz"), "half");
        assertThat(get()).hasBinaryContent(GOOD);
    }

    @Test
    void anNpmThatHangsIsEnded() throws IOException {
        Path pid = directory.resolve("pid");
        npm.script("echo $$ > '" + pid + "'\nexec sleep 600");
        assertThatThrownBy(() -> get(Duration.ofSeconds(2)))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("within 2 s");
        long number = Long.parseLong(Files.readString(pid).strip());
        ProcessHandle.of(number).ifPresent(process -> process.onExit().join());
    }

    @Test
    void concurrentBuildsDownloadOnce() throws Exception {
        npm.delivering(source, "scope-name-1.2.3.tgz");
        ExecutorService builds = Executors.newFixedThreadPool(4, task -> new Thread(task, "build"));
        try {
            List<Future<Path>> results = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                results.add(builds.submit(() -> get()));
            }
            for (Future<Path> result : results) {
                assertThat(result.get(50, TimeUnit.SECONDS)).hasBinaryContent(GOOD);
            }
        } finally {
            builds.shutdownNow();
        }
        assertThat(npm.calls()).hasSize(1);
    }
}
