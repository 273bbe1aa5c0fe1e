package io.github.jdbcpglite.build.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PipelineTest {
    @TempDir Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private int run(String... args) {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new Pipeline(stream, Map.of("PATH", directory.toString())).run(args);
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aWrongCommandLineGetsTheUsageText() {
        assertThat(run()).isEqualTo(Pipeline.USAGE);
        assertThat(output()).contains("no stage named", "usage: Pipeline", " fetch bundle ");
        assertThat(run("nonsense")).isEqualTo(Pipeline.USAGE);
        assertThat(output()).contains("there is no stage nonsense");
        assertThat(run("--work")).isEqualTo(Pipeline.USAGE);
        assertThat(output()).contains("--work needs a directory");
        assertThat(run("--bogus", "fetch")).isEqualTo(Pipeline.USAGE);
        assertThat(output()).contains("unexpected argument --bogus");
        assertThat(run("fetch", "bundle")).isEqualTo(Pipeline.USAGE);
        assertThat(output()).contains("unexpected argument bundle");
    }

    @Test
    void aMissingNpmFailsWithAMessageAndNoStackTrace() {
        String work = directory.resolve("work").toString();
        String cache = directory.resolve("cache").toString();
        assertThat(run("--work", work, "--cache", cache, "all")).isEqualTo(Pipeline.FAILED);
        assertThat(output()).contains("ERROR: npm is needed").doesNotContain("\tat ");
    }

    @Test
    void aStageAloneNeedsTheOutputsBeforeIt() {
        String work = directory.resolve("work").toString();
        assertThat(run("--work", work, "--only", "bundle")).isEqualTo(Pipeline.FAILED);
        assertThat(output()).contains("pglite.data is missing");
    }
}
