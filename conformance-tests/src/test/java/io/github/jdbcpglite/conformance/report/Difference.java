package io.github.jdbcpglite.conformance.report;

import io.github.jdbcpglite.conformance.answer.Answer;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One question that the two sides answered differently.
 *
 * @param where file and line, and the query mode or permutation
 * @param question the statement or step
 * @param expected the oracle's answer
 * @param actual the answer of the side under test
 * @param limit the limit that lists it, or null if none does
 */
public record Difference(
        String where, String question, Answer expected, Answer actual, @Nullable String limit) {
    private static final int SHOWN_LINES = 12;

    /** Returns a text that shows both answers, at most a few lines each. */
    public String toText() {
        return where
                + ": "
                + question.strip()
                + "\n  expected: "
                + indent(without(expected, actual))
                + "\n  actual:   "
                + indent(without(actual, expected));
    }

    /** Leaves out of a long answer the lines that the other one has too. */
    private static Answer without(Answer answer, Answer other) {
        if (answer.lines().size() <= SHOWN_LINES) {
            return answer;
        }
        Set<String> known = new HashSet<>(other.lines());
        return new Answer(answer.lines().stream().filter(line -> !known.contains(line)).toList());
    }

    private static String indent(Answer answer) {
        return answer.toText(SHOWN_LINES).replace("\n", "\n            ");
    }
}
