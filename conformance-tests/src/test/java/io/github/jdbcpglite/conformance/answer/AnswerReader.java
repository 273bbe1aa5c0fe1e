package io.github.jdbcpglite.conformance.answer;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/** Puts one statement to a connection and reads all of the answer. */
public final class AnswerReader {
    static final String ROW = "row ";

    private static final Pattern COPY_OUT =
            Pattern.compile(
                    "copy\\b.*\\bto\\s+stdout\\b.*", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private AnswerReader() {}

    /**
     * Executes a statement.
     *
     * @param copyData what a {@code COPY … FROM STDIN} is fed with, or null for other statements
     * @return the answer, which may be an error
     */
    public static Answer execute(Connection connection, String sql, @Nullable String copyData) {
        List<String> lines = new ArrayList<>();
        try {
            if (copyData != null) {
                long rows =
                        connection
                                .unwrap(PGConnection.class)
                                .getCopyAPI()
                                .copyIn(sql, new StringReader(copyData));
                lines.add("copied " + rows);
            } else if (COPY_OUT.matcher(sql).matches()) {
                copyOut(connection, sql, lines);
            } else {
                executeStatement(connection, sql, lines);
            }
        } catch (SQLException e) {
            addError(e, lines);
        } catch (IOException e) {
            lines.add("copy failed: " + e);
        }
        return new Answer(lines);
    }

    private static void copyOut(Connection connection, String sql, List<String> lines)
            throws SQLException, IOException {
        StringWriter out = new StringWriter();
        long rows = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql, out);
        out.toString().lines().forEach(line -> lines.add(ROW + line));
        lines.add("copied " + rows);
    }

    private static void executeStatement(Connection connection, String sql, List<String> lines)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Braces belong to the server: arrays and JSON, not JDBC escapes.
            statement.setEscapeProcessing(false);
            try {
                boolean rows = statement.execute(sql);
                while (rows || statement.getUpdateCount() != -1) {
                    if (rows) {
                        try (ResultSet results = statement.getResultSet()) {
                            addRows(results, lines);
                        }
                    } else {
                        lines.add("count " + statement.getUpdateCount());
                    }
                    rows = statement.getMoreResults();
                }
            } finally {
                addWarnings(statement.getWarnings(), lines);
            }
        }
    }

    private static void addRows(ResultSet results, List<String> lines) throws SQLException {
        ResultSetMetaData meta = results.getMetaData();
        int count = meta.getColumnCount();
        boolean binary =
                results.getStatement().getConnection().unwrap(PgConnection.class).getForceBinary();
        StringBuilder columns = new StringBuilder("columns ");
        for (int i = 1; i <= count; i++) {
            columns.append(i == 1 ? "" : " | ")
                    .append(meta.getColumnLabel(i))
                    .append(' ')
                    .append(meta.getColumnTypeName(i))
                    .append('(')
                    .append(meta.getPrecision(i))
                    .append(',')
                    .append(meta.getScale(i))
                    .append(',')
                    .append(meta.getColumnDisplaySize(i))
                    .append(')');
        }
        lines.add(columns.toString());
        while (results.next()) {
            StringBuilder row = new StringBuilder(ROW);
            for (int i = 1; i <= count; i++) {
                String value = valueOf(results, i, meta.getColumnTypeName(i), binary);
                row.append(i == 1 ? "" : " | ").append(value == null ? "␀" : value);
            }
            lines.add(row.toString());
        }
    }

    /** Reads a value as the server's text; pgjdbc has none for a bytea that came as bytes. */
    private static @Nullable String valueOf(
            ResultSet results, int column, String type, boolean binary) throws SQLException {
        if (binary && type.equals("bytea")) {
            byte[] bytes = results.getBytes(column);
            return bytes == null ? null : "\\x" + HexFormat.of().formatHex(bytes);
        }
        try {
            return results.getString(column);
        } catch (DateTimeException e) {
            // pgjdbc has no text for a binary time of 24:00; both sides must fail alike.
            return "client error " + e.getMessage();
        }
    }

    private static void addWarnings(@Nullable SQLWarning first, List<String> lines) {
        for (SQLWarning next = first; next != null; next = next.getNextWarning()) {
            ServerErrorMessage server =
                    next instanceof PSQLWarning warning ? warning.getServerErrorMessage() : null;
            if (server == null) {
                lines.add("warning " + next.getSQLState() + " " + next.getMessage());
            } else {
                addFields(server, lines);
            }
        }
    }

    /** Returns an error with all its fields, as lines. */
    public static String error(SQLException error) {
        List<String> lines = new ArrayList<>();
        addError(error, lines);
        return String.join("\n", lines);
    }

    private static void addError(SQLException error, List<String> lines) {
        ServerErrorMessage server =
                error instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        if (server == null) {
            lines.add("client error " + error.getSQLState() + " " + error.getMessage());
        } else {
            addFields(server, lines);
        }
    }

    /** Adds the fields of an error or notice; source file, line and routine are no behaviour. */
    private static void addFields(ServerErrorMessage message, List<String> lines) {
        lines.add(message.getSeverity() + " " + message.getSQLState() + " " + message.getMessage());
        addField("detail", message.getDetail(), lines);
        addField("hint", message.getHint(), lines);
        addField("position", number(message.getPosition()), lines);
        addField("internal position", number(message.getInternalPosition()), lines);
        addField("internal query", message.getInternalQuery(), lines);
        addField("where", message.getWhere(), lines);
        addField("schema", message.getSchema(), lines);
        addField("table", message.getTable(), lines);
        addField("column", message.getColumn(), lines);
        addField("datatype", message.getDatatype(), lines);
        addField("constraint", message.getConstraint(), lines);
    }

    private static @Nullable String number(int value) {
        return value == 0 ? null : Integer.toString(value);
    }

    private static void addField(String name, @Nullable String value, List<String> lines) {
        if (value != null) {
            lines.add("  " + name + ": " + value);
        }
    }
}
