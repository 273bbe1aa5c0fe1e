package io.github.jdbcpglite.build.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Generated functions give the interpreter's answers when they leave the ways that C2 compiled them
 * for: JDK-8376400 and its like. {@code stress.functions} says how many functions a JVM tries,
 * {@code stress.seed} which.
 */
final class SurprisesTest {
    private static final int FUNCTIONS = Integer.getInteger("stress.functions", 800);
    private static final boolean LONG = Boolean.getBoolean("stress.all");
    private static final long SEED = Long.getLong("stress.seed", LONG ? System.nanoTime() : 1);

    /** For a start and for each function; a JVM needs a hundredth of it. */
    private static final int START_SECONDS = 300;

    private static final Pattern SUMMARY =
            Pattern.compile("(\\d+) functions, (\\d+) compiled, (\\d+) wrong answers\\s*$");

    /**
     * Each function is compiled by itself, not as a part of the switch that calls it; and C1 leaves
     * the profiles of comparisons alone, which say that both outcomes happen, as in any program of
     * some size: the functions here would drown that.
     */
    private static final String DIRECTIVES =
            """
            [{match: ["*/Dispatch*.*"], Exclude: true},
             {match: ["generated/*.*"],
              c1: {inline: ["-io/github/jdbcpglite/engine/bytecode/Compares.*"]}}]
            """;

    @ParameterizedTest(name = "{0}, JVM options: {1}")
    @CsvSource({
        "shapes, -Xbatch -XX:-TieredCompilation",
        "shapes, -Xbatch",
        "shapes, ''",
        "programs, -Xbatch -XX:-TieredCompilation",
        "programs, ''",
    })
    void compiledFunctionsMayBeSurprised(String what, String jvm, @TempDir Path directory)
            throws Exception {
        Path directives = Files.writeString(directory.resolve("directives"), DIRECTIVES);
        List<String> options = new ArrayList<>();
        if (!jvm.isEmpty()) {
            options.addAll(List.of(jvm.split(" ")));
        }
        options.add("-XX:CompileThresholdScaling=0.1");
        options.add("-XX:+UnlockDiagnosticVMOptions");
        options.add("-XX:CompilerDirectivesFile=" + directives);
        // A program is a few times as long as a shape.
        int count = what.equals("shapes") ? FUNCTIONS : FUNCTIONS / 2;
        String output =
                TestJvm.run(
                        directory,
                        START_SECONDS + FUNCTIONS,
                        options,
                        SurprisedFunctions.class,
                        what,
                        Integer.toString(count),
                        Long.toString(SEED));
        Matcher summary = SUMMARY.matcher(output);
        assertThat(summary.find()).as("a summary in: %s", output).isTrue();
        assertThat(Long.parseLong(summary.group(2)))
                .as("compiled of %d functions:%n%s", count, output)
                .isGreaterThan(count * 9L / 10);
        assertThat(summary.group(3))
                .as("wrong answers with -Dstress.seed=%d:%n%s", SEED, output)
                .isEqualTo("0");
    }
}
