package io.github.jdbcpglite.conformance.differential;

import io.github.jdbcpglite.conformance.answer.Answer;
import io.github.jdbcpglite.conformance.answer.AnswerReader;
import io.github.jdbcpglite.conformance.report.Difference;
import io.github.jdbcpglite.conformance.server.BothSides;
import io.github.jdbcpglite.conformance.server.QueryMode;
import io.github.jdbcpglite.conformance.server.Side;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the scripts of seeds on two sides and makes small what differs. Not thread-safe. */
public final class Differential implements AutoCloseable {
    private static final String DATABASE = "differential";

    private final Side expected;
    private final Side actual;

    /** Makes an empty database on both sides. */
    public Differential(Side expected, Side actual) throws SQLException {
        this.expected = expected;
        this.actual = actual;
        expected.createDatabase(DATABASE);
        actual.createDatabase(DATABASE);
    }

    /**
     * Runs a seed's script on both sides.
     *
     * @return the first difference in the smallest script that still shows one, which has been
     *     saved under the target directory; or null if there is none
     */
    public @Nullable Difference compare(long seed, List<String> statements, QueryMode mode)
            throws SQLException, IOException {
        Difference found = firstDifference(seed, statements, mode);
        if (found == null) {
            return null;
        }
        List<String> script = minimised(seed, statements, mode);
        Difference smallest = firstDifference(seed, script, mode);
        save(seed, mode, script, smallest == null ? found : smallest);
        return smallest == null ? found : smallest;
    }

    private @Nullable Difference firstDifference(long seed, List<String> statements, QueryMode mode)
            throws SQLException, IOException {
        BothSides.Answers<List<Answer>> answers =
                BothSides.ask(expected, actual, side -> run(side, statements, mode));
        List<Answer> right = answers.expected();
        List<Answer> given = answers.actual();
        for (int i = 0; i < statements.size(); i++) {
            Answer one = right.get(i).unordered();
            Answer other = given.get(i).unordered();
            if (!one.equals(other)) {
                String where = "differential/seed-" + seed + ":" + (i + 1) + " " + mode.label();
                return new Difference(where, statements.get(i), one, other, null);
            }
        }
        return null;
    }

    private static List<Answer> run(Side side, List<String> statements, QueryMode mode)
            throws SQLException {
        List<Answer> answers = new ArrayList<>();
        try (Connection connection = side.connect(DATABASE, mode)) {
            AnswerReader.execute(connection, "DROP SCHEMA IF EXISTS d CASCADE", null);
            AnswerReader.execute(connection, "CREATE SCHEMA d", null);
            AnswerReader.execute(connection, "SET search_path = d", null);
            for (String sql : statements) {
                answers.add(AnswerReader.execute(connection, sql, null));
            }
        }
        return answers;
    }

    /** Leaves out statements, first many at a time and then one, as long as a difference stays. */
    private List<String> minimised(long seed, List<String> statements, QueryMode mode)
            throws SQLException, IOException {
        List<String> script = new ArrayList<>(statements);
        for (int size = script.size() / 2; size >= 1; size /= 2) {
            for (int start = script.size() - size; start >= 0; start -= size) {
                List<String> shorter = new ArrayList<>(script);
                shorter.subList(start, Math.min(start + size, shorter.size())).clear();
                if (firstDifference(seed, shorter, mode) != null) {
                    script = shorter;
                }
            }
        }
        return script;
    }

    private static void save(long seed, QueryMode mode, List<String> script, Difference found)
            throws IOException {
        Path directory =
                Path.of(System.getProperty("conformance.target", "target/conformance"))
                        .resolve("differential");
        Files.createDirectories(directory);
        Files.writeString(
                directory.resolve("seed-" + seed + ".sql"),
                "-- seed "
                        + seed
                        + ", "
                        + mode.label()
                        + "\n"
                        + String.join(";\n", script)
                        + ";\n/*\n"
                        + found.toText()
                        + "\n*/\n",
                StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws SQLException {
        expected.dropDatabase(DATABASE);
        actual.dropDatabase(DATABASE);
    }
}
