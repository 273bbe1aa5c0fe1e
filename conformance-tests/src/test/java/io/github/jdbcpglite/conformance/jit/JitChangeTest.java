package io.github.jdbcpglite.conformance.jit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.conformance.Conformance;
import io.github.jdbcpglite.conformance.ConformanceExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Scripts whose data changes after HotSpot has compiled for what was before, each in a JVM of its
 * own. {@code stress.changes} names the scripts (all, if empty), {@code stress.changes.jvms} says
 * how many JVMs run each, {@code stress.modes} and {@code stress.seed} how.
 */
@ExtendWith(ConformanceExtension.class)
@Timeout(value = 12, unit = TimeUnit.HOURS)
final class JitChangeTest {
    private static final String SCRIPTS = System.getProperty("stress.changes", "");
    private static final int JVMS = Integer.getInteger("stress.changes.jvms", 1);
    private static final int SEED =
            Integer.getInteger("stress.seed", (int) System.nanoTime() & Integer.MAX_VALUE);

    @Test
    void answersAreRightAfterTheDataChanged(Conformance conformance) throws Exception {
        Path directory =
                Path.of(System.getProperty("conformance.target", "target/conformance"), "jit");
        Files.createDirectories(directory);
        Path recorded = directory.resolve("answers-changes");
        List<String> names = SCRIPTS.isEmpty() ? ChangeCase.names() : List.of(SCRIPTS.split(","));
        List<JitMode> modes = JitMode.order("DEFAULT,BATCH");
        int seed = SEED;
        try (StressedJvms jvms = new StressedJvms(directory, "progress-changes")) {
            for (int round = 0; round < JVMS; round++) {
                for (int i = 0; i < names.size(); i++) {
                    String name = names.get(i);
                    RecordedAnswers.write(
                            recorded,
                            List.of(ChangeCase.of(name, seed).run(conformance.expected())));
                    jvms.run(
                            modes.get((round + i) % modes.size()),
                            seed,
                            0,
                            JitChanges.class,
                            recorded.toString(),
                            name,
                            Integer.toString(seed));
                    seed++;
                }
            }
            assertThat(jvms.failures()).isEmpty();
        }
    }
}
