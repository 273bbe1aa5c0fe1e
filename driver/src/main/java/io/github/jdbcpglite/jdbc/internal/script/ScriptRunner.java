package io.github.jdbcpglite.jdbc.internal.script;

import io.github.jdbcpglite.jdbc.internal.script.SqlScript.MalformedScriptException;
import java.io.IOException;
import java.io.StringReader;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Runs scripts, each statement by itself as psql does. Stateless. */
public final class ScriptRunner {
    private static final int SHOWN_CHARACTERS = 300;
    private static final String SYNTAX_ERROR = "42601";
    private static final String ACTIVE_TRANSACTION = "25001";

    private ScriptRunner() {}

    /**
     * Runs a script up to its first failure.
     *
     * @param connection in auto-commit mode; the script may begin and end transactions
     * @param name of the script, for messages
     * @throws SQLException with PostgreSQL's SQLState; the message has the script's name, the line
     *     and the statement
     */
    public static void run(PgConnection connection, String name, String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (SqlScript.Statement part : SqlScript.parse(text)) {
                run(connection, statement, name, part);
            }
        } catch (MalformedScriptException e) {
            throw new SQLException(
                    name + ", line " + e.line() + ": " + e.getMessage(), SYNTAX_ERROR, e);
        }
        if (connection.getTransactionState() != TransactionState.IDLE) {
            throw new SQLException(
                    name + " ends within a transaction; end it with COMMIT or ROLLBACK",
                    ACTIVE_TRANSACTION);
        }
    }

    private static void run(
            PgConnection connection, Statement statement, String name, SqlScript.Statement part)
            throws SQLException {
        try {
            if (part.copyData().isPresent()) {
                connection.getCopyAPI().copyIn(part.sql(), new StringReader(part.copyData().get()));
            } else {
                statement.execute(part.sql());
            }
        } catch (SQLException e) {
            throw failed(name, part, e.getSQLState(), e);
        } catch (IOException e) { // a reader of a text throws none
            throw failed(name, part, null, e);
        }
    }

    private static SQLException failed(
            String name, SqlScript.Statement part, @Nullable String state, Exception e) {
        int line = part.line();
        if (e instanceof PSQLException failure) {
            ServerErrorMessage answer = failure.getServerErrorMessage();
            if (answer != null && answer.getPosition() > 0) {
                line += SqlScript.newlines(part.sql(), answer.getPosition() - 1);
            }
        }
        return new SQLException(
                name
                        + ", line "
                        + line
                        + ": "
                        + e.getMessage()
                        + "\nThe statement is: "
                        + shown(part.sql()),
                state,
                e);
    }

    private static String shown(String sql) {
        String line = sql.strip().replaceAll("\\s+", " ");
        return line.length() <= SHOWN_CHARACTERS
                ? line
                : line.substring(0, SHOWN_CHARACTERS) + " …";
    }
}
