package io.github.jdbcpglite.conformance.corpus;

import io.github.jdbcpglite.conformance.answer.Answer;
import io.github.jdbcpglite.conformance.answer.AnswerReader;
import io.github.jdbcpglite.conformance.server.QueryMode;
import io.github.jdbcpglite.conformance.server.Side;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs a script on one side, statement by statement, in a fresh database. */
public final class ScriptRunner {
    private ScriptRunner() {}

    /**
     * Returns the answers to the script's statements, in order and not normalised. A session that a
     * statement ends is replaced by a new one, so one crash costs one statement.
     *
     * @throws SQLException if the side gives no database or session
     */
    public static List<Answer> run(Side side, Script script, QueryMode mode) throws SQLException {
        return run(side, script, mode, statement -> {});
    }

    /**
     * Runs a script with something done before each statement.
     *
     * @param before what is told each statement before it runs
     */
    public static List<Answer> run(
            Side side, Script script, QueryMode mode, Consumer<ScriptStatement> before)
            throws SQLException {
        List<Answer> answers = new ArrayList<>();
        side.createDatabase(script.database());
        Connection connection = side.connect(script.database(), mode);
        try {
            for (ScriptStatement statement : script.statements()) {
                before.accept(statement);
                if (statement.reconnect() || connection.isClosed()) {
                    connection.close();
                    connection = side.connect(script.database(), mode);
                }
                answers.add(
                        AnswerReader.execute(connection, statement.sql(), statement.copyData()));
            }
        } finally {
            connection.close();
            side.dropDatabase(script.database());
        }
        return answers;
    }
}
