package io.github.jdbcpglite.conformance.jit;

import io.github.jdbcpglite.conformance.Resources;
import io.github.jdbcpglite.conformance.answer.Answer;
import io.github.jdbcpglite.conformance.corpus.Script;
import io.github.jdbcpglite.conformance.corpus.ScriptParser;
import io.github.jdbcpglite.conformance.corpus.ScriptRunner;
import io.github.jdbcpglite.conformance.corpus.ScriptStatement;
import io.github.jdbcpglite.conformance.server.QueryMode;
import io.github.jdbcpglite.conformance.server.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A script whose data changes its character. At a line {@code -- settle} it waits for the JVM's
 * compilers, so that what follows meets code that was compiled for what was before.
 *
 * <p>Numbers in it depend on a seed: {@code {rows}} of a large table, {@code {keys}}, of which
 * {@code {key}} is one, {@code {step}} that is prime to them, {@code {fraction}} below one.
 *
 * @param script the statements
 * @param settles the lines at which it waits
 */
record ChangeCase(Script script, List<Integer> settles) {
    private static final String AREA = "jit-changes";
    private static final String SETTLE = "-- settle";
    private static final int[] ROWS = {12_000, 20_000, 30_000};
    private static final int[] KEYS = {100, 700, 3000};
    private static final int SMALLEST_KEYS = 100;
    private static final int[] STEPS = {7919, 104_729, 31};

    /** Returns the names of all. */
    static List<String> names() throws IOException {
        return Resources.all(AREA, ".sql").stream()
                .map(file -> Resources.nameOf(file, ".sql"))
                .toList();
    }

    /** Returns one with the numbers of a seed. */
    static ChangeCase of(String name, int seed) throws IOException {
        for (Path file : Resources.all(AREA, ".sql")) {
            if (Resources.nameOf(file, ".sql").equals(name)) {
                return parse(name, fill(Files.readString(file), new Random(seed)));
            }
        }
        throw new IllegalArgumentException("no script " + name + ", only " + names());
    }

    private static String fill(String text, Random random) {
        return text.replace("{rows}", any(ROWS, random))
                .replace("{keys}", any(KEYS, random))
                .replace("{key}", Integer.toString(random.nextInt(SMALLEST_KEYS)))
                .replace("{step}", any(STEPS, random))
                .replace("{fraction}", String.format(Locale.ROOT, "%.6f", random.nextDouble()));
    }

    private static String any(int[] choices, Random random) {
        return Integer.toString(choices[random.nextInt(choices.length)]);
    }

    private static ChangeCase parse(String name, String text) {
        List<Integer> settles = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).equals(SETTLE)) {
                settles.add(i + 1);
            }
        }
        return new ChangeCase(ScriptParser.parse(AREA, name, text), settles);
    }

    /** Runs the script in a fresh database without waiting. */
    List<Answer> run(Side side) throws SQLException {
        return run(side, () -> {});
    }

    /**
     * Runs the script in a fresh database.
     *
     * @param settle what waits for the compilers
     * @return the answers as they are compared
     */
    List<Answer> run(Side side, Runnable settle) throws SQLException {
        Deque<Integer> waits = new ArrayDeque<>(settles);
        List<Answer> answers =
                ScriptRunner.run(
                        side,
                        script,
                        QueryMode.SIMPLE,
                        statement -> {
                            if (!waits.isEmpty() && waits.getFirst() < statement.line()) {
                                waits.removeFirst();
                                settle.run();
                            }
                        });
        List<Answer> comparable = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            comparable.add(script.statements().get(i).comparable(answers.get(i)));
        }
        return comparable;
    }

    /** Returns how failures name a statement of the script. */
    String where(ScriptStatement statement) {
        return script.path() + ":" + statement.line();
    }
}
