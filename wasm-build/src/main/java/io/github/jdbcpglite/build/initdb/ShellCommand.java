package io.github.jdbcpglite.build.initdb;

import java.util.ArrayList;
import java.util.List;

/**
 * A command line as initdb writes them: words, some in quotes, then redirections.
 *
 * @param words the program and its arguments, without quotes
 */
record ShellCommand(List<String> words) {
    /** Copies the list. */
    ShellCommand {
        words = List.copyOf(words);
    }

    /**
     * Splits a command line at blanks outside quotes, up to the first redirection or pipe.
     *
     * @throws IllegalArgumentException if a quote is not closed
     */
    static ShellCommand parse(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else if (c == '\\' && quote == '"' && i + 1 < line.length()) {
                    word.append(line.charAt(++i));
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                inWord = true;
            } else if (Character.isWhitespace(c) || "<>|&;".indexOf(c) >= 0) {
                if (inWord) {
                    words.add(word.toString());
                }
                word.setLength(0);
                inWord = false;
                if (!Character.isWhitespace(c)) {
                    return new ShellCommand(words);
                }
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("unclosed quote in: " + line);
        }
        if (inWord) {
            words.add(word.toString());
        }
        return new ShellCommand(words);
    }
}
