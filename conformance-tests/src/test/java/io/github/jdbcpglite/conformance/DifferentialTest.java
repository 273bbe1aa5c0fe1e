package io.github.jdbcpglite.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.conformance.differential.Differential;
import io.github.jdbcpglite.conformance.differential.RandomScript;
import io.github.jdbcpglite.conformance.report.Difference;
import io.github.jdbcpglite.conformance.server.QueryMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs random scripts on both sides. {@code conformance.seeds} says how many, {@code
 * conformance.seed} with which seed to begin.
 */
@ExtendWith(ConformanceExtension.class)
final class DifferentialTest {
    private static final int SEEDS = 40;

    @Test
    void randomScriptsAreAnsweredAlike(Conformance conformance) throws SQLException, IOException {
        long first = Long.getLong("conformance.seed", 1);
        int seeds = Integer.getInteger("conformance.seeds", SEEDS);
        List<Difference> differences = new ArrayList<>();
        int statements = 0;
        try (Differential differential =
                new Differential(conformance.expected(), conformance.actual())) {
            for (long seed = first; seed < first + seeds; seed++) {
                QueryMode mode = QueryMode.values()[(int) (seed % QueryMode.values().length)];
                List<String> script = RandomScript.of(seed);
                statements += script.size();
                Difference found = differential.compare(seed, script, mode);
                if (found != null) {
                    differences.add(found);
                }
            }
        }
        conformance.report().add("differential", statements, statements, differences);
        Verdict verdict = new Verdict(conformance);
        verdict.differences(differences);
        verdict.check();
    }

    @Test
    void aDifferenceIsMadeSmallAndSaved(Conformance conformance) throws SQLException, IOException {
        List<String> script =
                List.of(
                        "SELECT 1",
                        "CREATE TABLE t (a int)",
                        "SELECT pg_backend_pid() + 0",
                        "SELECT 2");
        try (Differential differential =
                new Differential(conformance.expected(), conformance.actual())) {
            Difference found = differential.compare(-1, script, QueryMode.SIMPLE);
            assertThat(found).isNotNull();
        }
        Path saved =
                Path.of(System.getProperty("conformance.target", "target/conformance"))
                        .resolve("differential/seed--1.sql");
        assertThat(Files.readString(saved))
                .contains("SELECT pg_backend_pid() + 0;")
                .doesNotContain("SELECT 1;", "CREATE TABLE", "SELECT 2;");
        Files.delete(saved);
    }

    @Test
    void aSeedGivesTheSameScriptEveryTimeAndAnotherSeedAnother() {
        assertThat(RandomScript.of(7)).isEqualTo(RandomScript.of(7));
        assertThat(RandomScript.of(7)).isNotEqualTo(RandomScript.of(8));
    }
}
