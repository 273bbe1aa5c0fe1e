package io.github.jdbcpglite.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs everything once with little work; times are not looked at. */
final class BenchmarksTest {
    @Test
    @Timeout(value = 300, unit = TimeUnit.SECONDS)
    void everyContenderAnswersAndTheTableHasItsFigures(@TempDir Path temp) throws Exception {
        Path file = temp.resolve("table.md");
        SocketPackage.main(new String[] {"target/pipeline"});
        Benchmarks.main(
                new String[] {
                    file.toString(),
                    "../pglite-image/target/pipeline/fetch/package",
                    "target/pipeline/fetch/package",
                    "1",
                    "50"
                });
        assertThat(Files.readAllLines(file))
                .anyMatch(line -> line.startsWith("|  | jdbc-pglite |"))
                .filteredOn(line -> line.startsWith("| "))
                .hasSizeGreaterThan(15)
                .noneMatch(line -> line.startsWith("| process start") && line.contains("–"));
    }

    @Test
    @Timeout(value = 300, unit = TimeUnit.SECONDS)
    void severalThreadsHaveTheirFigures(@TempDir Path temp) throws Exception {
        Path file = temp.resolve("table.md");
        ThreadBenchmarks.main(new String[] {file.toString(), "1", "100"});
        assertThat(Files.readAllLines(file))
                .filteredOn(line -> line.startsWith("| "))
                .hasSizeGreaterThan(20)
                .noneMatch(line -> line.contains("NaN"));
    }
}
