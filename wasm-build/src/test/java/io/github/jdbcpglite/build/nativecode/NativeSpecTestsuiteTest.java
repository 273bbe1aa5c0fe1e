package io.github.jdbcpglite.build.nativecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jdbcpglite.build.clang.Clang;
import io.github.jdbcpglite.build.clang.NativeTarget;
import io.github.jdbcpglite.build.clang.Toolchain;
import io.github.jdbcpglite.build.spec.SpecScript;
import io.github.jdbcpglite.build.spec.SpecScripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The WebAssembly specification's own testsuite, as far as it is about instructions, with native
 * code. It needs clang: {@code mvn verify -Pnative}.
 */
final class NativeSpecTestsuiteTest {
    private static final int SHOWN = 10;

    /** Scripts that are not run, and why. */
    private static final Map<String, String> LEFT_OUT =
            Map.of(
                    "linking.txt", "guests of the driver share nothing",
                    "ref_is_null.txt", "references are not translated",
                    "ref_null.txt", "references are not translated",
                    "table_get.txt", "references are not translated",
                    "table_grow.txt", "references are not translated",
                    "table_set.txt", "references are not translated",
                    "table_size.txt", "references are not translated");

    /** A regular expression of the scripts to run, for one who looks for a fault. */
    private static final String WANTED = System.getProperty("spec.scripts", ".*");

    private static final Path CACHE =
            Path.of(System.getProperty("user.home"), ".cache", "jdbc-pglite");

    @TempDir static Path scratch;

    @BeforeAll
    static void takesTimeAndClang() {
        assumeTrue(Boolean.getBoolean("spec.native"), "it takes minutes: run with -Pnative");
        assumeTrue(Toolchain.isPresent(), "there is no clang for this system");
    }

    @TestFactory
    Stream<DynamicTest> everyAssertionHoldsWithChecks() throws IOException {
        return tests("checked", List.of("-O1", "-DCHECKED_MEMORY"));
    }

    /** As the product's libraries are compiled: the processor finds what lies outside memory. */
    @TestFactory
    Stream<DynamicTest> everyAssertionHoldsWithoutChecks() throws IOException {
        return tests("unchecked", List.of());
    }

    private static Stream<DynamicTest> tests(String kind, List<String> more) throws IOException {
        List<String> flags = new ArrayList<>(more);
        // Functions that call themselves for ever have to run out of stack, and not to loop.
        flags.add("-fno-optimize-sibling-calls");
        boolean arm = System.getProperty("os.arch", "").equals("aarch64");
        Clang clang =
                new Clang(
                        Toolchain.unpack(CACHE, line -> {}),
                        Path.of("target", "spec-objects"),
                        arm ? NativeTarget.LINUX_AARCH64 : NativeTarget.LINUX_X86_64,
                        flags);
        return SpecScripts.all().entrySet().stream()
                .filter(script -> !LEFT_OUT.containsKey(script.getKey()))
                .filter(script -> script.getKey().matches(WANTED))
                .map(
                        script ->
                                DynamicTest.dynamicTest(
                                        script.getKey(),
                                        () ->
                                                check(
                                                        kind,
                                                        clang,
                                                        script.getKey(),
                                                        script.getValue())));
    }

    private static void check(String kind, Clang clang, String name, List<String> lines)
            throws IOException {
        Path directory = Files.createDirectories(scratch.resolve(kind).resolve(name));
        try (SpecProgram program = SpecProgram.start(SpecScript.modules(lines), clang, directory)) {
            SpecScript script = new SpecScript(name, new NativeSpecEngine(program));
            List<String> failures = script.run(lines);
            assertThat(failures.stream().limit(SHOWN)).as("%d failures", failures.size()).isEmpty();
            assertThat(script.assertions()).as("assertions").isPositive();
        }
    }
}
