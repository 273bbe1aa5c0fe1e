package io.github.jdbcpglite.build.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StageRunnerTest {
    @TempDir Path directory;

    private final List<String> lines = new ArrayList<>();
    private Path input;
    private Path output;
    private String parameter = "1";
    private boolean failing;

    /** Copies its input and appends its parameter. */
    private final Stage copy =
            new Stage() {
                @Override
                public String name() {
                    return "copy";
                }

                @Override
                public StageInputs inputs() {
                    return StageInputs.none().file("the text", input).parameter("p", parameter);
                }

                @Override
                public void run(Path target, Progress progress) throws IOException {
                    String text = Files.readString(input) + parameter;
                    Files.writeString(target.resolve("copy"), text);
                    if (failing) {
                        throw new PipelineException("the input is bad");
                    }
                }
            };

    @BeforeEach
    void writeInput() throws IOException {
        input = Files.writeString(directory.resolve("input"), "text");
        output = directory.resolve("out/copy");
    }

    private boolean run() throws IOException {
        return run(false);
    }

    private boolean run(boolean force) throws IOException {
        return new StageRunner(directory.resolve("stamps"), lines::add, force).run(copy, output);
    }

    @Test
    void runsOnceAndIsSkippedWhenNothingChanged() throws IOException {
        assertThat(run()).isTrue();
        assertThat(run()).isFalse();
        assertThat(output.resolve("copy")).hasContent("text1");
        assertThat(lines).last().isEqualTo("copy: unchanged");
    }

    @Test
    void touchingAnInputIsNoChange() throws IOException {
        run();
        Files.writeString(input, "text");
        assertThat(run()).isFalse();
    }

    @Test
    void runsAgainWhenAnInputChanged() throws IOException {
        run();
        Files.writeString(input, "other");
        assertThat(run()).isTrue();
        assertThat(output.resolve("copy")).hasContent("other1");
    }

    @Test
    void runsAgainWhenAParameterChanged() throws IOException {
        run();
        parameter = "2";
        assertThat(run()).isTrue();
        assertThat(output.resolve("copy")).hasContent("text2");
    }

    @Test
    void runsAgainWhenTheOutputWasTouched() throws IOException {
        run();
        Files.writeString(output.resolve("copy"), "tampered");
        Files.writeString(output.resolve("stray"), "");
        assertThat(run()).isTrue();
        assertThat(output).isDirectoryNotContaining("glob:**stray");
        assertThat(output.resolve("copy")).hasContent("text1");
    }

    @Test
    void runsAgainWhenForced() throws IOException {
        run();
        assertThat(run(true)).isTrue();
    }

    @Test
    void aFailureLeavesNoHalfOutputAndIsNotRemembered() throws IOException {
        failing = true;
        assertThatThrownBy(this::run).isInstanceOf(PipelineException.class);
        assertThat(output).doesNotExist();
        assertThat(output.getParent()).isEmptyDirectory();
        failing = false;
        assertThat(run()).isTrue();
    }

    @Test
    void aFailureAfterASuccessLetsTheNextRunStartOver() throws IOException {
        run();
        parameter = "2";
        failing = true;
        assertThatThrownBy(this::run).isInstanceOf(PipelineException.class);
        failing = false;
        parameter = "1";
        assertThat(run()).isTrue();
    }

    @Test
    void aMissingInputIsNamed() throws IOException {
        Files.delete(input);
        assertThatThrownBy(this::run)
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("the text")
                .hasMessageContaining(input.toString());
    }

    @Test
    void codeOfAPackageIsAnInput() throws IOException {
        String plain = StageInputs.none().fingerprint();
        String ofThis = StageInputs.none().code(StageRunner.class).fingerprint();
        String ofLibrary = StageInputs.none().code(Test.class).fingerprint();
        assertThat(List.of(plain, ofThis, ofLibrary)).doesNotHaveDuplicates();
    }

    @Test
    void aTreeHashSeesNamesContentsAndEmptyDirectories() throws IOException {
        Path tree = Files.createDirectories(directory.resolve("tree"));
        List<String> hashes = new ArrayList<>(List.of(Hashes.ofTree(tree)));
        Files.createDirectory(tree.resolve("a"));
        hashes.add(Hashes.ofTree(tree));
        Files.writeString(tree.resolve("a/b"), "1");
        hashes.add(Hashes.ofTree(tree));
        Files.writeString(tree.resolve("a/b"), "2");
        hashes.add(Hashes.ofTree(tree));
        Files.move(tree.resolve("a/b"), tree.resolve("a/c"));
        hashes.add(Hashes.ofTree(tree));
        assertThat(hashes).doesNotHaveDuplicates();
    }
}
