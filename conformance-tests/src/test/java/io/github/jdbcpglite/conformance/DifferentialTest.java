package io.github.jdbcpglite.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.conformance.differential.Differential;
import io.github.jdbcpglite.conformance.differential.RandomScript;
import io.github.jdbcpglite.conformance.report.Difference;
import io.github.jdbcpglite.conformance.server.QueryMode;
import java.io.IOException;
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
    void aSeedGivesTheSameScriptEveryTimeAndAnotherSeedAnother() {
        assertThat(RandomScript.of(7)).isEqualTo(RandomScript.of(7));
        assertThat(RandomScript.of(7)).isNotEqualTo(RandomScript.of(8));
    }
}
