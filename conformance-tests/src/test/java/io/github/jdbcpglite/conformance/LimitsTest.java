package io.github.jdbcpglite.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.conformance.corpus.ScriptParser;
import io.github.jdbcpglite.conformance.corpus.ScriptStatement;
import io.github.jdbcpglite.conformance.isolation.IsolationSpecParser;
import io.github.jdbcpglite.conformance.report.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Keeps the list of limits and the places that name them in step, without any database. */
final class LimitsTest {

    @Test
    void everyListedLimitIsNamedByAScriptAndTheOtherWayRound() throws IOException {
        Set<String> used = new TreeSet<>();
        for (Path file : Resources.all("corpus", ".sql")) {
            String area = Resources.areaOf(file);
            String name = Resources.nameOf(file, ".sql");
            ScriptParser.parse(area, name, Files.readString(file)).statements().stream()
                    .map(ScriptStatement::limit)
                    .filter(limit -> limit != null)
                    .forEach(used::add);
        }
        for (Path file : Resources.all("corpus-isolation", ".spec")) {
            String limit =
                    IsolationSpecParser.parse(
                                    Resources.nameOf(file, ".spec"), Files.readString(file))
                            .limit();
            if (limit != null) {
                used.add(limit);
            }
        }
        assertThat(used).isEqualTo(new TreeSet<>(Limits.load().ids()));
    }
}
