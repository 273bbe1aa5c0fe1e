package io.github.jdbcpglite.jdbc.internal.script;

import java.util.Locale;

/**
 * Finds where a SQL statement ends, as psql does: a semicolon outside of quotes, dollar quotes,
 * comments, parentheses and the body of a SQL-standard function ({@code BEGIN ATOMIC … END}).
 *
 * <p>Used for one text; holds the position it has come to. Not thread-safe.
 */
public final class SqlSplitter {
    private final String text;
    private int position;
    private int parentheses;
    private int blocks;
    private String firstWord = "";
    private String previousWord = "";
    private boolean copyFromStdin;

    /**
     * Makes a splitter.
     *
     * @param text of a script
     * @param start the index where a statement starts
     */
    public SqlSplitter(String text, int start) {
        this.text = text;
        this.position = start;
    }

    /**
     * Returns the index of the semicolon that ends the statement starting at the current position.
     *
     * @throws IllegalArgumentException if the text ends first
     */
    public int end() {
        int start = position;
        int end = endOrLength();
        if (end < text.length()) {
            return end;
        }
        throw new IllegalArgumentException(
                "No semicolon ends the statement: "
                        + text.substring(start, Math.min(text.length(), start + 60)));
    }

    /** Returns what {@link #end} does, or the length of the text if no semicolon is left. */
    public int endOrLength() {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == ';' && parentheses == 0 && blocks == 0) {
                return position;
            }
            step(c);
        }
        return text.length();
    }

    /** Returns whether the statement takes data that follow it, when its end has been found. */
    public boolean isCopyFromStdin() {
        return copyFromStdin;
    }

    /** Returns the index of the first character from a start on that is not blank or comment. */
    static int afterBlank(String text, int start) {
        SqlSplitter splitter = new SqlSplitter(text, start);
        while (splitter.position < text.length()) {
            int at = splitter.position;
            boolean comment = text.startsWith("--", at) || text.startsWith("/*", at);
            if (!comment && !Character.isWhitespace(text.charAt(at))) {
                return at;
            }
            splitter.step(text.charAt(at));
        }
        return text.length();
    }

    private void step(char c) {
        if (c == '\'') {
            skipQuoted('\'', false);
        } else if (c == '"') {
            skipQuoted('"', false);
        } else if (text.startsWith("--", position)) {
            int newline = text.indexOf('\n', position);
            position = newline < 0 ? text.length() : newline + 1;
        } else if (text.startsWith("/*", position)) {
            skipBlockComment();
        } else if (c == '$') {
            skipDollar();
        } else if (Character.isLetter(c) || c == '_') {
            skipWord();
        } else if (Character.isDigit(c)) {
            position++;
        } else {
            parentheses += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
            parentheses = Math.max(0, parentheses);
            position++;
        }
    }

    private void skipQuoted(char quote, boolean backslashes) {
        position++;
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (backslashes && c == '\\') {
                position++;
            } else if (c == quote) {
                if (position < text.length() && text.charAt(position) == quote) {
                    position++;
                } else {
                    return;
                }
            }
        }
    }

    private void skipBlockComment() {
        int depth = 0;
        do {
            if (text.startsWith("/*", position)) {
                depth++;
                position += 2;
            } else if (text.startsWith("*/", position)) {
                depth--;
                position += 2;
            } else {
                position++;
            }
        } while (depth > 0 && position < text.length());
    }

    /** Skips a dollar-quoted string, or the dollar of a parameter such as {@code $1}. */
    private void skipDollar() {
        int end = position + 1;
        while (end < text.length() && isTagPart(text.charAt(end), end == position + 1)) {
            end++;
        }
        if (end >= text.length() || text.charAt(end) != '$') {
            position++;
            return;
        }
        String tag = text.substring(position, end + 1);
        int close = text.indexOf(tag, end + 1);
        position = close < 0 ? text.length() : close + tag.length();
    }

    private static boolean isTagPart(char c, boolean first) {
        return Character.isLetter(c) || c == '_' || !first && Character.isDigit(c);
    }

    private void skipWord() {
        int start = position;
        while (position < text.length() && isWordPart(text.charAt(position))) {
            position++;
        }
        String word = text.substring(start, position).toLowerCase(Locale.ROOT);
        if (word.equals("e") && position < text.length() && text.charAt(position) == '\'') {
            skipQuoted('\'', true);
            return;
        }
        if (firstWord.isEmpty()) {
            firstWord = word;
        }
        trackBlocks(word);
        copyFromStdin |=
                firstWord.equals("copy")
                        && previousWord.equals("from")
                        && word.equals("stdin")
                        && parentheses == 0;
        previousWord = word;
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    /** Only CREATE opens a body, so that a plain BEGIN; is a statement. */
    private void trackBlocks(String word) {
        if (!firstWord.equals("create")) {
            return;
        }
        if (word.equals("atomic") && previousWord.equals("begin")) {
            blocks++;
        } else if (blocks > 0 && word.equals("case")) {
            blocks++;
        } else if (blocks > 0 && word.equals("end")) {
            blocks--;
        }
    }
}
