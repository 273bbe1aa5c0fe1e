package io.github.jdbcpglite.jdbc.internal.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cuts lines into statements and backslash commands where psql does: a semicolon ends a statement
 * unless it is in quotes, comments, parentheses or the body of a routine in standard SQL.
 *
 * <p>Strings are read with {@code standard_conforming_strings} on. Not thread-safe.
 */
public final class SqlScanner {
    private static final Pattern DOLLAR_TAG =
            Pattern.compile("\\$(?:[\\p{L}_][\\p{L}\\p{N}_]*)?\\$");
    private static final Set<String> ROUTINES = Set.of("FUNCTION", "PROCEDURE");

    private enum State {
        SQL('-'),
        STRING('\''),
        ESCAPE_STRING('\''),
        NAME('"'),
        DOLLAR('$'),
        LINE_COMMENT('-'),
        BLOCK_COMMENT('*');

        private final char prompt;

        State(char prompt) {
            this.prompt = prompt;
        }
    }

    /**
     * What was found.
     *
     * @param command whether it is a backslash command, without the backslash; otherwise it is SQL
     *     without the semicolon at its end
     * @param line the line of all input in which it starts, comments before it left out, from 1
     * @param text with the comments before it
     * @param comments how many characters those are
     * @param words of SQL outside of quotes, comments and parentheses, in upper case
     */
    public record Token(boolean command, int line, String text, int comments, List<String> words) {
        /** Returns the text without the comments before it: empty if there is nothing else. */
        public String content() {
            return text.substring(comments);
        }

        /** Returns whether it is a COPY whose data the client sends. */
        public boolean isCopyFromStdin() {
            return isCopy("FROM", "STDIN");
        }

        /** Returns whether it is a COPY whose data the client gets. */
        public boolean isCopyToStdout() {
            return isCopy("TO", "STDOUT");
        }

        private boolean isCopy(String direction, String stream) {
            if (words.isEmpty() || !words.get(0).equals("COPY")) {
                return false;
            }
            for (int i = 1; i + 1 < words.size(); i++) {
                if (words.get(i).equals(direction) && words.get(i + 1).equals(stream)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** What has not been returned yet; the first character is in the line {@link #line}. */
    private final StringBuilder text = new StringBuilder();

    private int line = 1;
    private final List<String> words = new ArrayList<>();
    private State state = State.SQL;
    private String dollarTag = "";
    private int position;
    private int parentheses;
    private int comments;
    private int bodies;

    /** Where there is something else than space and comments, or -1. */
    private int content = -1;

    /** Makes a scanner without input. */
    public SqlScanner() {}

    /**
     * Returns the index of the semicolon that ends a statement, or the length of the text if none
     * does. A backslash is no command here.
     *
     * @param start where the statement starts
     */
    public static int end(String text, int start) {
        SqlScanner scanner = new SqlScanner();
        scanner.feed(text.substring(start));
        while (!scanner.isAtEndOfStatement() && scanner.position < scanner.text.length()) {
            scanner.pass();
        }
        return start + scanner.position;
    }

    /** Adds input, whole lines each with its end. */
    public void feed(String lines) {
        text.append(lines);
    }

    /** Forgets what has been fed and not returned. */
    public void reset() {
        line += SqlScript.newlines(text, text.length());
        text.setLength(0);
        startStatement();
    }

    /** Returns a scanner in the same state, to look ahead with. */
    public SqlScanner copy() {
        SqlScanner copy = new SqlScanner();
        copy.text.append(text);
        return copy;
    }

    /** Returns whether nothing but space and comments waits for its end. */
    public boolean isEmpty() {
        return content < 0 && state != State.BLOCK_COMMENT;
    }

    /** Returns the statement that has begun, as far as it has come. */
    public String pending() {
        return text.toString();
    }

    /** Takes the statement that has begun as if a semicolon came now. */
    public Token take() {
        Token token = sql(text.length());
        reset();
        return token;
    }

    /** Returns what psql shows in its prompt: {@code =} for a new statement, else what is open. */
    public char prompt() {
        if (state == State.SQL && isEmpty()) {
            return '=';
        }
        return state == State.SQL && parentheses > 0 ? '(' : state.prompt;
    }

    /** Returns the next statement or command, or null if more input is needed. */
    public @Nullable Token next() {
        while (position < text.length()) {
            if (isAtEndOfStatement()) {
                return statement();
            }
            if (state == State.SQL && text.charAt(position) == '\\') {
                return command();
            }
            pass();
        }
        return null;
    }

    private boolean isAtEndOfStatement() {
        return state == State.SQL
                && position < text.length()
                && text.charAt(position) == ';'
                && parentheses == 0
                && bodies == 0;
    }

    private void pass() {
        if (state == State.SQL) {
            passSql(text.charAt(position));
        } else {
            passQuoted();
        }
    }

    private Token sql(int end) {
        int start = 0;
        while (start < end && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        String stripped = text.substring(start, end).stripTrailing();
        return new Token(
                false,
                line + SqlScript.newlines(text, content < 0 ? end : content),
                stripped,
                content < 0 ? stripped.length() : content - start,
                List.copyOf(words));
    }

    private Token statement() {
        Token token = sql(position);
        line += SqlScript.newlines(text, position);
        text.delete(0, position + 1);
        startStatement();
        return token;
    }

    private Token command() {
        int end = text.indexOf("\n", position);
        int stop = end < 0 ? text.length() : end;
        Token token =
                new Token(
                        true,
                        line + SqlScript.newlines(text, position),
                        text.substring(position + 1, stop).strip(),
                        0,
                        List.of());
        text.delete(position, stop);
        return token;
    }

    private void startStatement() {
        words.clear();
        state = State.SQL;
        position = 0;
        parentheses = 0;
        comments = 0;
        bodies = 0;
        content = -1;
    }

    private void passSql(char c) {
        if (at("--")) {
            state = State.LINE_COMMENT;
            position += 2;
            return;
        }
        if (at("/*")) {
            state = State.BLOCK_COMMENT;
            comments = 1;
            position += 2;
            return;
        }
        if (content < 0 && !Character.isWhitespace(c)) {
            content = position;
        }
        if (Character.isLetter(c) || c == '_') {
            passWord();
            return;
        }
        position++;
        switch (c) {
            case '\'' -> state = State.STRING;
            case '"' -> state = State.NAME;
            case '(' -> parentheses++;
            case ')' -> parentheses = Math.max(0, parentheses - 1);
            case '$' -> {
                Matcher tag = DOLLAR_TAG.matcher(text).region(position - 1, text.length());
                if (tag.lookingAt()) {
                    dollarTag = tag.group();
                    state = State.DOLLAR;
                    position = tag.end();
                }
            }
            default -> {
                if (Character.isDigit(c)) {
                    passName();
                }
            }
        }
    }

    private void passName() {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (!Character.isLetterOrDigit(c) && c != '_' && c != '$') {
                return;
            }
            position++;
        }
    }

    private void passWord() {
        int start = position;
        passName();
        String word = text.substring(start, position).toUpperCase(Locale.ROOT);
        if (word.equals("E") && at("'")) {
            state = State.ESCAPE_STRING;
            position++;
            return;
        }
        if (parentheses == 0) {
            words.add(word);
            countBodies(word);
        }
    }

    /** BEGIN ATOMIC of a routine holds statements with semicolons, and CASE has an END as well. */
    private void countBodies(String word) {
        if (word.equals("BEGIN") && isRoutine() || bodies > 0 && word.equals("CASE")) {
            bodies++;
        } else if (bodies > 0 && word.equals("END")) {
            bodies--;
        }
    }

    private boolean isRoutine() {
        return words.get(0).equals("CREATE")
                && words.stream().limit(4).anyMatch(ROUTINES::contains);
    }

    private void passQuoted() {
        switch (state) {
            case LINE_COMMENT -> passTo("\n");
            case STRING -> passTo("'");
            case NAME -> passTo("\"");
            case DOLLAR -> passTo(dollarTag);
            case ESCAPE_STRING -> {
                char c = text.charAt(position++);
                if (c == '\\') {
                    position = Math.min(position + 1, text.length());
                } else if (c == '\'') {
                    state = State.SQL;
                }
            }
            default -> passBlockComment();
        }
    }

    private void passBlockComment() {
        if (at("/*")) {
            comments++;
            position += 2;
        } else if (at("*/")) {
            comments--;
            position += 2;
            state = comments == 0 ? State.SQL : state;
        } else {
            position++;
        }
    }

    /** A quote that is doubled begins the text again, which comes to the same. */
    private void passTo(String end) {
        int found = text.indexOf(end, position);
        if (found < 0) {
            // A tag may come in two pieces only if a line does, and lines come whole.
            position = text.length();
        } else {
            position = found + end.length();
            state = State.SQL;
        }
    }

    private boolean at(String what) {
        for (int i = 0; i < what.length(); i++) {
            if (position + i >= text.length() || text.charAt(position + i) != what.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
