package io.github.jdbcpglite.conformance;

import io.github.jdbcpglite.conformance.answer.Answer;
import io.github.jdbcpglite.conformance.isolation.IsolationSpec;
import io.github.jdbcpglite.conformance.isolation.IsolationSpec.Permutation;
import io.github.jdbcpglite.conformance.isolation.IsolationSpecParser;
import io.github.jdbcpglite.conformance.isolation.PermutationRunner;
import io.github.jdbcpglite.conformance.isolation.StuckException;
import io.github.jdbcpglite.conformance.report.Difference;
import io.github.jdbcpglite.conformance.report.Transcript;
import io.github.jdbcpglite.conformance.server.BothSides;
import io.github.jdbcpglite.conformance.server.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Interleaves the sessions of every multi-session script on both sides and compares. */
@ExtendWith(ConformanceExtension.class)
final class IsolationTest {

    @TestFactory
    Stream<DynamicTest> everyInterleavingIsPostgres(Conformance conformance) throws IOException {
        return Resources.list("corpus-isolation", ".spec").stream()
                .map(
                        file ->
                                DynamicTest.dynamicTest(
                                        Resources.nameOf(file, ".spec"),
                                        file.toUri(),
                                        () -> check(conformance, file)));
    }

    private static void check(Conformance conformance, Path file) throws IOException, SQLException {
        IsolationSpec spec =
                IsolationSpecParser.parse(Resources.nameOf(file, ".spec"), Files.readString(file));
        BothSides.Answers<List<Answer>> answers =
                BothSides.ask(
                        conformance.expected(), conformance.actual(), side -> run(side, spec));
        List<Answer> expected = answers.expected();
        List<Answer> actual = answers.actual();
        List<Difference> differences = new ArrayList<>();
        Transcript transcript = new Transcript();
        int steps = 0;
        for (int i = 0; i < spec.permutations().size(); i++) {
            Permutation permutation = spec.permutations().get(i);
            steps += permutation.uses().size();
            transcript.add(
                    spec.path() + ":" + permutation.line(),
                    permutation.toString(),
                    expected.get(i));
            Answer given = i < actual.size() ? actual.get(i) : new Answer(List.of("not run"));
            if (!expected.get(i).equals(given)) {
                differences.add(
                        new Difference(
                                spec.path() + ":" + permutation.line() + " permutation",
                                permutation.toString(),
                                expected.get(i),
                                given,
                                spec.limit()));
            }
        }
        transcript.write(spec.path());
        conformance.report().add("isolation", steps, spec.permutations().size(), differences);
        Verdict verdict = new Verdict(conformance);
        verdict.differences(differences);
        verdict.limit(spec.limit(), spec.path(), differences);
        verdict.check();
    }

    /** Runs all permutations; a stuck one is its answer and the last. */
    private static List<Answer> run(Side side, IsolationSpec spec) throws SQLException {
        List<Answer> answers = new ArrayList<>();
        try (PermutationRunner runner = new PermutationRunner(side, spec)) {
            for (Permutation permutation : spec.permutations()) {
                answers.add(runner.run(permutation));
            }
        } catch (StuckException e) {
            if (side.name().equals("PostgreSQL")) {
                throw new SQLException("The script does not work on PostgreSQL itself", e);
            }
            answers.add(new Answer(List.of(String.valueOf(e.getMessage()))));
        }
        return answers;
    }
}
