package io.github.jdbcpglite.conformance.jit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.conformance.Conformance;
import io.github.jdbcpglite.conformance.ConformanceExtension;
import io.github.jdbcpglite.conformance.answer.Answer;
import io.github.jdbcpglite.durable.ChildJvm;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test command starts one JVM with the scripts written for this, {@code -Pjit-stress} more JVMs
 * with {@code stress.all} scripts. {@code stress.jvms}, {@code stress.seconds}, {@code
 * stress.modes} and {@code stress.seed} say how many, for how long each, in which modes and with
 * which first seed; each JVM's seed is one more than that of the JVM before.
 */
@ExtendWith(ConformanceExtension.class)
@Timeout(value = 12, unit = TimeUnit.HOURS)
final class JitStressTest {
    private static final int JVMS = Integer.getInteger("stress.jvms", 1);
    private static final boolean ALL = Boolean.getBoolean("stress.all");
    private static final int SECONDS = Integer.getInteger("stress.seconds", 5);
    private static final int SEED =
            Integer.getInteger("stress.seed", (int) System.nanoTime() & Integer.MAX_VALUE);

    /** A JVM runs its last script to the end, and where every method is compiled, that is long. */
    private static final int MORE_SECONDS = 600;

    private static final Pattern SUMMARY =
            Pattern.compile("^(\\d+) answers, (\\d+) of them wrong$", Pattern.MULTILINE);

    private final List<String> failures = new ArrayList<>();
    private final Map<JitMode, Integer> jvms = new EnumMap<>(JitMode.class);
    private final Map<JitMode, Integer> answers = new EnumMap<>(JitMode.class);

    @Test
    void everyJvmAnswersAsPostgresDoes(Conformance conformance) throws Exception {
        Path directory =
                Path.of(System.getProperty("conformance.target", "target/conformance"), "jit");
        Files.createDirectories(directory);
        Path recorded = directory.resolve("answers");
        record(recorded, conformance);
        List<JitMode> modes = JitMode.order();
        try (PrintWriter progress =
                new PrintWriter(Files.newBufferedWriter(directory.resolve("progress")), true)) {
            for (int i = 0; i < JVMS; i++) {
                stress(modes.get(i % modes.size()), SEED + i, recorded, progress);
            }
        }
        System.getLogger(JitStressTest.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "{0}, first seed {1}: JVMs {2}, answers {3}, failed JVMs {4}",
                        Runtime.version(),
                        Integer.toString(SEED),
                        jvms,
                        answers,
                        failures.size());
        assertThat(failures).isEmpty();
    }

    private static void record(Path file, Conformance conformance)
            throws IOException, SQLException {
        List<List<Answer>> right = new ArrayList<>();
        for (StressCase stressCase : StressCase.list(ALL)) {
            right.add(stressCase.run(conformance.expected()));
        }
        RecordedAnswers.write(file, right);
    }

    private void stress(JitMode mode, int seed, Path recorded, PrintWriter progress)
            throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(mode.options(Runtime.version().feature(), seed));
        String repeat = " (-Dstress.modes=" + mode + " -Dstress.seed=" + seed + "): ";
        String name = "JDK " + Runtime.version() + " " + String.join(" ", options) + repeat;
        Path log = recorded.resolveSibling(mode + "_" + seed + ".log").toAbsolutePath();
        options.add("-Dconformance.resources=" + System.getProperty("conformance.resources"));
        options.add("-Dconformance.answerMillis=" + TimeUnit.SECONDS.toMillis(MORE_SECONDS));
        options.add("-XX:ErrorFile=" + log + ".hs_err");
        List<String> command =
                ChildJvm.command(
                        options,
                        JitWorkload.class,
                        recorded.toString(),
                        Boolean.toString(ALL),
                        Boolean.toString(mode.slow()),
                        Integer.toString(SECONDS),
                        Integer.toString(seed));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        boolean ended = process.waitFor(SECONDS + MORE_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly().waitFor();
        String output = Files.readString(log);
        Matcher summary = SUMMARY.matcher(output);
        String end = ended ? "exit " + process.exitValue() : "too slow";
        boolean right = false;
        if (end.equals("exit 0") && summary.find()) {
            end = summary.group();
            right = summary.group(2).equals("0");
            answers.merge(mode, Integer.valueOf(summary.group(1)), Integer::sum);
        }
        jvms.merge(mode, 1, Integer::sum);
        progress.println(name + end);
        if (right) {
            Files.delete(log);
        } else {
            failures.add(name + end + "\n" + output);
        }
    }
}
