package io.github.jdbcpglite.conformance.report;

import io.github.jdbcpglite.conformance.answer.Answer;
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
                + indent(expected)
                + "\n  actual:   "
                + indent(actual);
    }

    private static String indent(Answer answer) {
        return answer.toText(SHOWN_LINES).replace("\n", "\n            ");
    }
}
