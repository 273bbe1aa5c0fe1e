package io.github.jdbcpglite.jdbc.internal.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The statements of a script, as psql would send them one by one. Stateless. */
public final class SqlScript {
    private static final char BYTE_ORDER_MARK = 0xFEFF;

    private final String[] lines;
    private final SqlScanner scanner = new SqlScanner();
    private final List<Statement> statements = new ArrayList<>();

    /** For each line that the scanner got, which it was of all: it gets no data of COPY. */
    private final List<Integer> scanned = new ArrayList<>();

    private int next;

    private SqlScript(String text) {
        lines = text.split("\n", -1);
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
        while (next < lines.length) {
            scanner.feed(lines[next++] + "\n");
            scanned.add(next);
            SqlScanner.Token token = scanner.next();
            while (token != null) {
                add(token);
                token = scanner.next();
            }
        }
        if (!scanner.isEmpty()) {
            add(scanner.take());
        }
    }

    private void add(SqlScanner.Token token) throws MalformedScriptException {
        if (token.command()) {
            String command = token.text().split("\\s+", 2)[0];
            if (!command.equals("restrict") && !command.equals("unrestrict")) {
                throw new MalformedScriptException(
                        line(token),
                        "\\" + command + " is a command of psql and not of PostgreSQL");
            }
        } else if (!token.content().isEmpty()) {
            Optional<String> data =
                    token.isCopyFromStdin() ? Optional.of(copyData(token)) : Optional.empty();
            statements.add(new Statement(line(token), token.content(), data));
        }
    }

    /** Takes the lines up to the one that holds only a backslash and a full stop. */
    private String copyData(SqlScanner.Token copy) throws MalformedScriptException {
        StringBuilder data = new StringBuilder();
        while (next < lines.length) {
            String line = lines[next++];
            if (line.stripTrailing().equals("\\.")) {
                return data.toString();
            }
            data.append(line).append('\n');
        }
        throw new MalformedScriptException(
                line(copy), "no line \\. ends the data of this COPY … FROM stdin");
    }

    private int line(SqlScanner.Token token) {
        return scanned.get(token.line() - 1);
    }

    /** Counts the line ends before an index. */
    static int newlines(CharSequence text, int index) {
        int count = 0;
        for (int i = 0; i < Math.min(index, text.length()); i++) {
            count += text.charAt(i) == '\n' ? 1 : 0;
        }
        return count;
    }
}
