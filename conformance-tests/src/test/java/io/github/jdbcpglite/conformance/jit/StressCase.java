package io.github.jdbcpglite.conformance.jit;

import io.github.jdbcpglite.conformance.Resources;
import io.github.jdbcpglite.conformance.answer.Answer;
import io.github.jdbcpglite.conformance.corpus.Script;
import io.github.jdbcpglite.conformance.corpus.ScriptParser;
import io.github.jdbcpglite.conformance.corpus.ScriptRunner;
import io.github.jdbcpglite.conformance.corpus.ScriptStatement;
import io.github.jdbcpglite.conformance.differential.RandomScript;
import io.github.jdbcpglite.conformance.server.QueryMode;
import io.github.jdbcpglite.conformance.server.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A script in one query mode, which any JVM runs to the same answers, as often as it likes.
 *
 * @param script what runs
 * @param mode how it is put
 * @param heavy whether it was written to get loops compiled
 */
record StressCase(Script script, QueryMode mode, boolean heavy) {
    private static final String HEAVY_AREA = "jit-stress";

    /** The chapters about what computes. */
    private static final Set<String> AREAS =
            Set.of(
                    "functions",
                    "geometry",
                    "indexes",
                    "inheritance",
                    "network",
                    "partitioning",
                    "queries",
                    "sqlfunctions",
                    "temporal",
                    "textsearch",
                    "timezones",
                    "triggers",
                    "types",
                    "views");

    private static final long RANDOM_SCRIPTS = 30;

    /**
     * Returns the cases, in the same order in every JVM.
     *
     * @param all with scripts of the corpus and random ones, in two modes
     */
    static List<StressCase> list(boolean all) throws IOException {
        List<StressCase> cases = new ArrayList<>();
        for (Path file : Resources.all(HEAVY_AREA, ".sql")) {
            cases.add(new StressCase(parse(file), QueryMode.SIMPLE, true));
            if (all) {
                cases.add(new StressCase(parse(file), QueryMode.BINARY, true));
            }
        }
        if (all) {
            for (Path file : Resources.all("corpus", ".sql")) {
                if (AREAS.contains(Resources.areaOf(file))) {
                    cases.add(new StressCase(parse(file), QueryMode.SIMPLE, false));
                    cases.add(new StressCase(parse(file), QueryMode.BINARY, false));
                }
            }
            for (long seed = 1; seed <= RANDOM_SCRIPTS; seed++) {
                cases.add(new StressCase(random(seed), QueryMode.SIMPLE, false));
            }
        }
        return cases;
    }

    private static Script parse(Path file) throws IOException {
        return ScriptParser.parse(
                Resources.areaOf(file), Resources.nameOf(file, ".sql"), Files.readString(file));
    }

    private static Script random(long seed) {
        List<ScriptStatement> statements = new ArrayList<>();
        for (String sql : RandomScript.of(seed)) {
            statements.add(
                    new ScriptStatement(
                            statements.size() + 1, sql, null, true, List.of(), null, false));
        }
        return new Script("differential", "seed-" + seed, List.of(), statements);
    }

    /** Runs the script in a fresh database and returns its answers as they are compared. */
    List<Answer> run(Side side) throws SQLException {
        List<Answer> answers = ScriptRunner.run(side, script, mode);
        List<Answer> comparable = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            comparable.add(script.statements().get(i).comparable(answers.get(i)));
        }
        return comparable;
    }

    /** Returns how failures name a statement of the script. */
    String where(ScriptStatement statement) {
        return script.path() + ":" + statement.line() + " " + mode.label();
    }
}
