package io.github.jdbcpglite.conformance.jit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.conformance.Conformance;
import io.github.jdbcpglite.conformance.ConformanceExtension;
import io.github.jdbcpglite.conformance.answer.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

    @Test
    void everyJvmAnswersAsPostgresDoes(Conformance conformance) throws Exception {
        Path directory =
                Path.of(System.getProperty("conformance.target", "target/conformance"), "jit");
        Files.createDirectories(directory);
        Path recorded = directory.resolve("answers");
        record(recorded, conformance);
        List<JitMode> modes = JitMode.order();
        try (StressedJvms jvms = new StressedJvms(directory, "progress")) {
            for (int i = 0; i < JVMS; i++) {
                JitMode mode = modes.get(i % modes.size());
                jvms.run(
                        mode,
                        SEED + i,
                        SECONDS,
                        JitWorkload.class,
                        recorded.toString(),
                        Boolean.toString(ALL),
                        Boolean.toString(mode.slow()),
                        Integer.toString(SECONDS),
                        Integer.toString(SEED + i));
            }
            assertThat(jvms.failures()).isEmpty();
        }
    }

    private static void record(Path file, Conformance conformance)
            throws IOException, SQLException {
        List<List<Answer>> right = new ArrayList<>();
        for (StressCase stressCase : StressCase.list(ALL)) {
            right.add(stressCase.run(conformance.expected()));
        }
        RecordedAnswers.write(file, right);
    }
}
