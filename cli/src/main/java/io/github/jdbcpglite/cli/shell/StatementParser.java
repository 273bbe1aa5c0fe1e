package io.github.jdbcpglite.cli.shell;

import io.github.jdbcpglite.jdbc.internal.script.SqlScanner;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jspecify.annotations.Nullable;

/** Tells JLine whether a statement is complete, and which word is to be completed. */
final class StatementParser implements Parser {
    private final Session session;
    private @Nullable SqlScanner begun;

    StatementParser(Session session) {
        this.session = session;
    }

    /** Takes what is typed as the end of what was begun; null for lines that are not SQL. */
    void follow(@Nullable SqlScanner scanner) {
        begun = scanner;
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        SqlScanner before = begun;
        boolean whole =
                context == ParseContext.ACCEPT_LINE || context == ParseContext.SECONDARY_PROMPT;
        if (before != null && whole) {
            SqlScanner scanner = before.copy();
            scanner.feed(line + "\n");
            SqlScanner.Token last = null;
            for (SqlScanner.Token token = scanner.next(); token != null; token = scanner.next()) {
                last = token;
            }
            boolean command = last != null && last.command();
            if (!scanner.isEmpty() && !command) {
                throw new EOFError(-1, -1, "the statement goes on", prompt(scanner));
            }
        }
        return new Typed(line, cursor);
    }

    private String prompt(SqlScanner scanner) {
        try {
            return TerminalShell.prompt(session, scanner.prompt()).replace("%", "%%");
        } catch (SQLException e) {
            return scanner.prompt() + "> ";
        }
    }

    @Override
    public boolean isEscapeChar(char c) {
        return false;
    }

    /** A line and the word before the cursor. */
    private record Typed(String line, int cursor) implements CompletingParsedLine {
        private int start() {
            int start = cursor;
            while (start > 0 && isOfWord(line.charAt(start - 1))) {
                start--;
            }
            return start;
        }

        private static boolean isOfWord(char c) {
            return Character.isLetterOrDigit(c) || "_$.\\\"+?/~-".indexOf(c) >= 0;
        }

        @Override
        public String word() {
            return line.substring(start(), cursor);
        }

        @Override
        public int wordCursor() {
            return cursor - start();
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return wordCursor();
        }

        @Override
        public int rawWordLength() {
            return wordCursor();
        }

        @Override
        public int wordIndex() {
            return words().size() - 1;
        }

        @Override
        public List<String> words() {
            String before = line.substring(0, start()).strip();
            List<String> words = new ArrayList<>();
            if (!before.isEmpty()) {
                words.addAll(List.of(before.split("\\s+")));
            }
            words.add(word());
            return words;
        }
    }
}
