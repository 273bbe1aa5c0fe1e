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
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Scripts whose data changes after HotSpot has compiled for what was before. The test command
 * starts one JVM for each of two modes; {@code stress.changes} (names of scripts), {@code
 * stress.changes.jvms} (for each script), {@code stress.modes} and {@code stress.seed} say more.
 */
@ExtendWith(ConformanceExtension.class)
@Timeout(value = 12, unit = TimeUnit.HOURS)
final class JitChangeTest {
    private static final int JVMS = Integer.getInteger("stress.changes.jvms", 0);
    private static final int SEED =
            Integer.getInteger("stress.seed", (int) System.nanoTime() & Integer.MAX_VALUE);

    @Test
    void answersAreRightAfterTheDataChanged(Conformance conformance) throws Exception {
        Path directory =
                Path.of(System.getProperty("conformance.target", "target/conformance"), "jit");
        Files.createDirectories(directory);
        String listed = System.getProperty("stress.changes");
        List<String> names =
                listed == null ? ChangeCase.names() : Arrays.asList(listed.split(","));
        List<JitMode> modes = JitMode.order("DEFAULT,BATCH");
        try (StressedJvms jvms = new StressedJvms(directory, "progress-changes")) {
            if (JVMS == 0) {
                run(jvms, modes.get(0), SEED, List.of("orders"), conformance, directory);
            }
            for (int i = 0; i < JVMS * names.size(); i++) {
                run(
                        jvms,
                        modes.get(i / names.size() % modes.size()),
                        SEED + i,
                        List.of(names.get(i % names.size())),
                        conformance,
                        directory);
            }
            assertThat(jvms.failures()).isEmpty();
        }
    }

    private static void run(
            StressedJvms jvms,
            JitMode mode,
            int seed,
            List<String> names,
            Conformance conformance,
            Path directory)
            throws IOException, InterruptedException, SQLException {
        Path recorded = directory.resolve("answers-changes");
        List<List<Answer>> right = new ArrayList<>();
        for (String name : names) {
            right.add(ChangeCase.of(name, seed).run(conformance.expected(), () -> {}));
        }
        RecordedAnswers.write(recorded, right);
        List<String> arguments = new ArrayList<>();
        arguments.add(recorded.toString());
        arguments.add(Integer.toString(seed));
        arguments.addAll(names);
        jvms.run(mode, seed, 0, JitChanges.class, arguments.toArray(String[]::new));
    }
}
