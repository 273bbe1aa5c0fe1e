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
        Splitter splitter = new Splitter();
        for (int i = 0; i < line.length() && !splitter.ended; i++) {
            splitter.accept(line.charAt(i));
        }
        if (splitter.quote != 0) {
            throw new IllegalArgumentException("unclosed quote in: " + line);
        }
        splitter.endWord();
        return new ShellCommand(splitter.words);
    }

    /** Takes a line character by character. */
    private static final class Splitter {
        private final List<String> words = new ArrayList<>();
        private final StringBuilder word = new StringBuilder();
        private boolean inWord;
        private boolean escaped;
        private boolean ended;
        private char quote;

        void accept(char c) {
            if (quote != 0) {
                acceptQuoted(c);
            } else if (c == '"' || c == '\'') {
                quote = c;
                inWord = true;
            } else if (Character.isWhitespace(c)) {
                endWord();
            } else if ("<>|&;".indexOf(c) >= 0) {
                // Digits right before a redirection are the number of a descriptor.
                inWord &= c != '>' || !word.chars().allMatch(Character::isDigit);
                ended = true;
            } else {
                word.append(c);
                inWord = true;
            }
        }

        private void acceptQuoted(char c) {
            if (escaped) {
                word.append(c);
                escaped = false;
            } else if (c == '\\' && quote == '"') {
                escaped = true;
            } else if (c == quote) {
                quote = 0;
            } else {
                word.append(c);
            }
        }

        void endWord() {
            if (inWord) {
                words.add(word.toString());
            }
            word.setLength(0);
            inWord = false;
        }
    }
}
