package io.github.jdbcpglite.cli.shell;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/**
 * A message of PostgreSQL as psql shows it: the place in the statement, details and hint.
 *
 * @param state of SQL, or empty
 */
record SqlFailure(String text, String state) {
    static SqlFailure of(SQLException e, String sql) {
        ServerErrorMessage server =
                e instanceof PSQLException error
                        ? error.getServerErrorMessage()
                        : e instanceof PSQLWarning warning ? warning.getServerErrorMessage() : null;
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return new SqlFailure(
                server == null ? String.valueOf(e.getMessage()) : text(server, sql), state);
    }

    private static String text(ServerErrorMessage server, String sql) {
        StringBuilder text = new StringBuilder();
        text.append(server.getSeverity()).append(":  ").append(server.getMessage());
        if (server.getPosition() > 0) {
            text.append(place(sql, server.getPosition()));
        }
        add(text, "DETAIL", server.getDetail());
        add(text, "HINT", server.getHint());
        if (server.getInternalQuery() != null) {
            add(text, "QUERY", server.getInternalQuery());
        }
        if (!"NOTICE".equals(server.getSeverity())) {
            add(text, "CONTEXT", server.getWhere());
        }
        return text.toString();
    }

    private static void add(StringBuilder text, String name, @Nullable String value) {
        if (value != null) {
            text.append('\n').append(name).append(":  ").append(value);
        }
    }

    /** Shows the line and a mark below the place, which PostgreSQL counts in characters from 1. */
    private static String place(String sql, int position) {
        int characters = sql.codePointCount(0, sql.length());
        if (position > characters + 1) {
            return "";
        }
        int at = sql.offsetByCodePoints(0, position - 1);
        int start = sql.lastIndexOf('\n', at - 1) + 1;
        int end = sql.indexOf('\n', at);
        String line = sql.substring(start, end < 0 ? sql.length() : end);
        long number = sql.substring(0, start).chars().filter(c -> c == '\n').count() + 1;
        String head = "LINE " + number + ": ";
        int width = TextWidth.of(head + sql.substring(start, at).replace('\t', ' '));
        return "\n" + head + line.replace('\t', ' ') + "\n" + " ".repeat(width) + "^";
    }
}
