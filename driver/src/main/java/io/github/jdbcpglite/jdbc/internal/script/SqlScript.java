package io.github.jdbcpglite.jdbc.internal.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The statements of a script, as psql would send them one by one. Stateless. */
public final class SqlScript {
    private static final char BYTE_ORDER_MARK = 0xFEFF;

    private final String text;
    private final List<Statement> statements = new ArrayList<>();
    private int position;

    private SqlScript(String text) {
        this.text = text;
    }

    /**
     * A statement.
     *
     * @param line the line it starts in, from 1
     * @param sql without its semicolon
     * @param copyData the lines that follow a {@code COPY … FROM stdin}
     */
    public record Statement(int line, String sql, Optional<String> copyData) {}

    /** A script is not one that can be run; the message says what is wrong. */
    public static final class MalformedScriptException extends Exception {
        private static final long serialVersionUID = 1L;
        private final int line;

        MalformedScriptException(int line, String message) {
            super(message);
            this.line = line;
        }

        /** Returns the line, from 1. */
        public int line() {
            return line;
        }
    }

    /**
     * Splits a script. The commands restrict and unrestrict, which pg_dump writes for psql, are
     * passed over.
     *
     * @throws MalformedScriptException if it has another command of psql, or data without an end
     */
    public static List<Statement> parse(String text) throws MalformedScriptException {
        boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
        SqlScript script = new SqlScript(marked ? text.substring(1) : text);
        script.readAll();
        return List.copyOf(script.statements);
    }

    private void readAll() throws MalformedScriptException {
        position = SqlSplitter.afterBlank(text, position);
        while (position < text.length()) {
            if (text.charAt(position) == '\\') {
                skipCommandOfPsql();
            } else {
                readStatement();
            }
            position = SqlSplitter.afterBlank(text, position);
        }
    }

    private void readStatement() throws MalformedScriptException {
        int start = position;
        SqlSplitter splitter = new SqlSplitter(text, start);
        int end = splitter.endOrLength();
        position = Math.min(text.length(), end + 1);
        Optional<String> data =
                splitter.isCopyFromStdin() ? Optional.of(copyData(start)) : Optional.empty();
        if (end > start) {
            statements.add(new Statement(line(start), text.substring(start, end), data));
        }
    }

    private void skipCommandOfPsql() throws MalformedScriptException {
        int end = endOfLine(position);
        String command = text.substring(position, end).strip().split("\\s+", 2)[0];
        if (!command.equals("\\restrict") && !command.equals("\\unrestrict")) {
            throw new MalformedScriptException(
                    line(position), command + " is a command of psql and not of PostgreSQL");
        }
        position = end;
    }

    /** Takes the lines up to the one that holds only a backslash and a full stop. */
    private String copyData(int statement) throws MalformedScriptException {
        int start = Math.min(text.length(), endOfLine(position) + 1);
        int lineStart = start;
        while (lineStart < text.length()) {
            int end = endOfLine(lineStart);
            if (text.substring(lineStart, end).stripTrailing().equals("\\.")) {
                position = end;
                return text.substring(start, lineStart);
            }
            lineStart = end + 1;
        }
        throw new MalformedScriptException(
                line(statement), "no line \\. ends the data of this COPY … FROM stdin");
    }

    private int endOfLine(int index) {
        int newline = text.indexOf('\n', index);
        return newline < 0 ? text.length() : newline;
    }

    private int line(int index) {
        return 1 + newlines(text, index);
    }

    /** Counts the line ends before an index. */
    static int newlines(String text, int index) {
        int count = 0;
        for (int i = 0; i < Math.min(index, text.length()); i++) {
            count += text.charAt(i) == '\n' ? 1 : 0;
        }
        return count;
    }
}
