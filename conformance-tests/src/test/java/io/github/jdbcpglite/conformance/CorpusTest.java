package io.github.jdbcpglite.conformance;

import io.github.jdbcpglite.conformance.answer.Answer;
import io.github.jdbcpglite.conformance.corpus.Script;
import io.github.jdbcpglite.conformance.corpus.ScriptParser;
import io.github.jdbcpglite.conformance.corpus.ScriptRunner;
import io.github.jdbcpglite.conformance.corpus.ScriptStatement;
import io.github.jdbcpglite.conformance.report.Difference;
import io.github.jdbcpglite.conformance.report.Transcript;
import io.github.jdbcpglite.conformance.server.BothSides;
import io.github.jdbcpglite.conformance.server.QueryMode;
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

/** Puts every statement of the corpus to both sides and compares the answers. */
@ExtendWith(ConformanceExtension.class)
final class CorpusTest {

    @TestFactory
    Stream<DynamicTest> everyAnswerIsPostgres(Conformance conformance) throws IOException {
        return Resources.list("corpus", ".sql").stream()
                .map(
                        file -> {
                            String area = Resources.areaOf(file);
                            String name = Resources.nameOf(file, ".sql");
                            return DynamicTest.dynamicTest(
                                    area + "/" + name,
                                    file.toUri(),
                                    () -> check(conformance, area, name, file));
                        });
    }

    private static void check(Conformance conformance, String area, String name, Path file)
            throws IOException, SQLException {
        Script script = ScriptParser.parse(area, name, Files.readString(file));
        List<QueryMode> modes = script.modes().isEmpty() ? Conformance.modes() : script.modes();
        List<Difference> differences = new ArrayList<>();
        Transcript transcript = new Transcript();
        for (QueryMode mode : modes) {
            BothSides.Answers<List<Answer>> answers =
                    BothSides.ask(
                            conformance.expected(),
                            conformance.actual(),
                            side -> ScriptRunner.run(side, script, mode));
            List<Answer> expected = answers.expected();
            List<Answer> actual = answers.actual();
            for (int i = 0; i < expected.size(); i++) {
                ScriptStatement statement = script.statements().get(i);
                Answer right = statement.comparable(expected.get(i));
                Answer given = statement.comparable(actual.get(i));
                transcript.add(
                        script.path() + ":" + statement.line() + " " + mode.label(),
                        statement.sql(),
                        right);
                if (!right.equals(given)) {
                    differences.add(
                            new Difference(
                                    script.path() + ":" + statement.line() + " " + mode.label(),
                                    statement.sql(),
                                    right,
                                    given,
                                    statement.limit()));
                }
            }
        }
        transcript.write(script.path());
        int statements = script.statements().size();
        conformance.report().add(area, statements, statements * modes.size(), differences);
        Verdict verdict = new Verdict(conformance);
        verdict.differences(differences);
        for (ScriptStatement statement : script.statements()) {
            verdict.limit(statement.limit(), script.path() + ":" + statement.line(), differences);
        }
        verdict.check();
    }
}
