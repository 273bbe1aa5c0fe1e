package io.github.jdbcpglite.cli.shell;

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
 * <p>Strings are read with {@code standard_conforming_strings} on.
 */
final class SqlScanner {
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
     * @param words of SQL outside of quotes, comments and parentheses, in upper case
     */
    record Token(boolean command, String text, List<String> words) {}

    private final StringBuilder text = new StringBuilder();
    private final List<String> words = new ArrayList<>();
    private State state = State.SQL;
    private String dollarTag = "";
    private int position;
    private int parentheses;
    private int comments;
    private int bodies;
    private boolean content;

    /** Adds input, whole lines each with its end. */
    void feed(String lines) {
        text.append(lines);
    }

    /** Forgets everything. */
    void reset() {
        text.setLength(0);
        startStatement();
    }

    /** Returns a scanner in the same state, to look ahead with. */
    SqlScanner copy() {
        SqlScanner copy = new SqlScanner();
        copy.text.append(text);
        return copy;
    }

    /** Returns whether nothing but space and comments waits for its end. */
    boolean isEmpty() {
        return !content && state != State.BLOCK_COMMENT;
    }

    /** Returns the statement that has begun, as far as it has come. */
    String pending() {
        return text.toString();
    }

    /** Takes the statement that has begun as if a semicolon came now. */
    Token take() {
        Token token = new Token(false, text.toString().strip(), List.copyOf(words));
        reset();
        return token;
    }

    /** Returns what psql shows in its prompt: {@code =} for a new statement, else what is open. */
    char prompt() {
        if (state == State.SQL && isEmpty()) {
            return '=';
        }
        return state == State.SQL && parentheses > 0 ? '(' : state.prompt;
    }

    /** Returns the next statement or command, or null if more input is needed. */
    @Nullable Token next() {
        while (position < text.length()) {
            if (state != State.SQL) {
                passQuoted();
                continue;
            }
            char c = text.charAt(position);
            if (c == ';' && parentheses == 0 && bodies == 0) {
                return statement();
            }
            if (c == '\\') {
                return command();
            }
            passSql(c);
        }
        return null;
    }

    private Token statement() {
        Token token = new Token(false, text.substring(0, position).strip(), List.copyOf(words));
        text.delete(0, position + 1);
        startStatement();
        return token;
    }

    private Token command() {
        int end = text.indexOf("\n", position);
        int stop = end < 0 ? text.length() : end;
        Token token = new Token(true, text.substring(position + 1, stop).strip(), List.of());
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
        content = false;
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
        content |= !Character.isWhitespace(c);
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
        boolean routine =
                words.get(0).equals("CREATE")
                        && words.stream().limit(4).anyMatch(ROUTINES::contains);
        if (routine && word.equals("BEGIN") || bodies > 0 && word.equals("CASE")) {
            bodies++;
        } else if (bodies > 0 && word.equals("END")) {
            bodies--;
        }
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
        return text.length() - position >= what.length()
                && text.substring(position, position + what.length()).equals(what);
    }
}
