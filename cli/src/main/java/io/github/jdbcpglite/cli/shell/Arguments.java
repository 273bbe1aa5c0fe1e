package io.github.jdbcpglite.cli.shell;

import java.util.ArrayList;
import java.util.List;

/** The arguments of a backslash command: words, of which single quotes keep the space. */
final class Arguments {
    private Arguments() {}

    /** Returns the words; double quotes stay, because they belong to names. */
    static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean started = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0 && Character.isWhitespace(c)) {
                if (started) {
                    words.add(word.toString());
                    word.setLength(0);
                    started = false;
                }
                continue;
            }
            started = true;
            if (c == '\'' && quote != '"') {
                boolean doubled =
                        quote == '\'' && i + 1 < text.length() && text.charAt(i + 1) == '\'';
                if (doubled) {
                    word.append(c);
                    i++;
                } else {
                    quote = quote == 0 ? c : 0;
                }
                continue;
            }
            if (c == '"' && quote != '\'') {
                quote = quote == 0 ? c : 0;
            }
            word.append(c);
        }
        if (started) {
            words.add(word.toString());
        }
        return words;
    }
}
