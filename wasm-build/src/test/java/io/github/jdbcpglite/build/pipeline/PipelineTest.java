package io.github.jdbcpglite.build.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jdbcpglite.build.fetch.NpmPackage;
import io.github.jdbcpglite.build.stage.PipelineException;
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
        assertThat(run()).isEqualTo(Command.USAGE);
        assertThat(output()).contains("no stage named", "usage: Pipeline", " fetch bundle ");
        assertThat(run("nonsense")).isEqualTo(Command.USAGE);
        assertThat(output()).contains("there is no stage nonsense");
        assertThat(run("--work")).isEqualTo(Command.USAGE);
        assertThat(output()).contains("--work needs a directory");
        assertThat(run("--bogus", "fetch")).isEqualTo(Command.USAGE);
        assertThat(output()).contains("unexpected argument --bogus");
        assertThat(run("fetch", "bundle")).isEqualTo(Command.USAGE);
        assertThat(output()).contains("unexpected argument bundle");
    }

    @Test
    void theOtherProgramsTellTheirUsageToo() {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        ExtensionPipeline extensions = new ExtensionPipeline(stream, Map.of());
        ProgramPipeline program = new ProgramPipeline(stream, Map.of());

        assertThat(extensions.run(new String[0])).isEqualTo(Command.USAGE);
        assertThat(output()).contains("usage: ExtensionPipeline", "Bundles: contrib");
        assertThat(extensions.run(new String[] {"nonsense", "a", "b", "c"}))
                .isEqualTo(Command.USAGE);
        assertThat(output()).contains("there is no bundle nonsense");
        assertThat(program.run(new String[0])).isEqualTo(Command.USAGE);
        assertThat(output()).contains("usage: ProgramPipeline WORK OUTPUT");
    }

    @Test
    void aMissingNpmFailsWithAMessageAndNoStackTrace() {
        String work = directory.resolve("work").toString();
        String cache = directory.resolve("cache").toString();
        assertThat(run("--work", work, "--cache", cache, "all")).isEqualTo(Command.FAILED);
        assertThat(output()).contains("ERROR: npm is needed").doesNotContain("\tat ");
    }

    @Test
    void aPackageForItsOwnSakeNeedsNpmToo() {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PackageFetch fetch = new PackageFetch(stream, Map.of("PATH", directory.toString()));
        NpmPackage unknown = new NpmPackage("@example/in-no-cache", "0.0.0", "0".repeat(64));

        assertThatThrownBy(() -> fetch.run(unknown, directory))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("npm is needed to download @example/in-no-cache@0.0.0");
        assertThat(output()).contains("fetch: running");
    }

    @Test
    void aStageAloneNeedsTheOutputsBeforeIt() {
        String work = directory.resolve("work").toString();
        assertThat(run("--work", work, "--only", "bundle")).isEqualTo(Command.FAILED);
        assertThat(output()).contains("pglite.data is missing");
    }
}
