package io.github.jdbcpglite.conformance.corpus;

import io.github.jdbcpglite.conformance.answer.Answer;
import io.github.jdbcpglite.conformance.answer.NormaliseRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a script.
 *
 * @param line where it starts, from 1
 * @param sql the text without the closing semicolon
 * @param copyData the lines that follow a {@code COPY … FROM STDIN}, or null
 * @param unordered whether the order of rows is not promised
 * @param rules what is normalised before comparing
 * @param limit the known difference that this statement shows, or null
 * @param reconnect whether a new session starts before it
 */
public record ScriptStatement(
        int line,
        String sql,
        @Nullable String copyData,
        boolean unordered,
        List<NormaliseRule> rules,
        @Nullable String limit,
        boolean reconnect) {

    /** Keeps its own copy of the rules. */
    public ScriptStatement {
        rules = List.copyOf(rules);
    }

    /** Returns the answer as it is compared. */
    public Answer comparable(Answer answer) {
        Answer normalised = answer.normalised(rules);
        return unordered ? normalised.unordered() : normalised;
    }
}
