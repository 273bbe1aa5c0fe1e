package io.github.jdbcpglite.build.clang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jdbcpglite.build.stage.PipelineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is compiled and linked runs. */
final class ClangTest {
    private static final Path CACHE =
            Path.of(System.getProperty("user.home"), ".cache", "jdbc-pglite");

    @TempDir Path directory;

    @BeforeEach
    void needsClang() {
        assumeTrue(Toolchain.isPresent(), "there is no clang for this system");
    }

    private Clang clang(NativeTarget target) throws IOException {
        return new Clang(Toolchain.unpack(CACHE, line -> {}), directory, target, List.of());
    }

    private Path source(String text) throws IOException {
        return Files.writeString(directory.resolve("a.c"), text);
    }

    @ParameterizedTest
    @EnumSource
    void compilesForEachTarget(NativeTarget target) throws IOException {
        Path source = source("int twice(int x) { return x * 2; }");

        assertThat(clang(target).compile(List.of(source), List.of()).get(0)).isNotEmptyFile();
    }

    @Test
    void equalInputIsCompiledOnceAndAnyOtherAgain() throws IOException {
        Clang clang = clang(NativeTarget.LINUX_X86_64);
        Path include = Files.createDirectory(directory.resolve("include"));
        Path header = Files.writeString(include.resolve("a.h"), "#define A 1\n");
        Path source = source("#include \"a.h\"\nint a(void) { return A; }\n");

        Path first = clang.compile(List.of(source), List.of(include)).get(0);
        assertThat(clang.compile(List.of(source), List.of(include))).containsExactly(first);

        Files.writeString(header, "#define A 2\n");
        assertThat(clang.compile(List.of(source), List.of(include))).doesNotContain(first);
    }

    @Test
    void whatClangSaysIsInTheFailure() throws IOException {
        Path source = source("int a(void) { return b; }");

        assertThatThrownBy(
                        () -> clang(NativeTarget.LINUX_X86_64).compile(List.of(source), List.of()))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("use of undeclared identifier 'b'");
    }

    @Test
    void linksALibraryWithAndWithoutNames() throws IOException {
        Clang clang = clang(NativeTarget.LINUX_X86_64);
        Path source =
                source(
                        "static int add(int x) { return x + 1; }\n"
                                + "__attribute__((visibility(\"default\")))"
                                + " int (*next)(int) = add;\n");
        Path library = directory.resolve("liba.so");
        Path symbols = directory.resolve("liba-symbols.so");

        clang.link(clang.compile(List.of(source), List.of()), library, symbols, List.of());

        assertThat(Files.size(library)).isPositive().isLessThan(Files.size(symbols));
    }
}
