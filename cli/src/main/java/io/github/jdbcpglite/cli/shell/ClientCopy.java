package io.github.jdbcpglite.cli.shell;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The arguments of {@code \copy}: COPY with a file of the user's in place of the server's.
 *
 * @param sql the COPY of PostgreSQL, with STDIN or STDOUT
 * @param input whether rows come in
 * @param file where from or to, or nothing for the stream that stands there
 */
record ClientCopy(String sql, boolean input, Optional<String> file) {
    static final String USAGE = "\\copy: write \\copy TABLE|(QUERY) FROM|TO 'FILE'|STDIN|STDOUT";

    private static final Pattern TARGET =
            Pattern.compile("\\s+('(?:[^']|'')*'|\\S+)\\s*(.*)", Pattern.DOTALL);
    private static final List<String> STREAMS = List.of("stdin", "stdout", "pstdin", "pstdout");

    /** Reads them; nothing if they are none, or name a program. */
    static Optional<ClientCopy> parse(String text) {
        int at = directionAt(text);
        if (at < 0) {
            return Optional.empty();
        }
        boolean input = text.regionMatches(true, at, "from", 0, 4);
        Matcher target = TARGET.matcher(text).region(at + (input ? 4 : 2), text.length());
        if (!target.matches() || target.group(1).equalsIgnoreCase("program")) {
            return Optional.empty();
        }
        String name = target.group(1);
        boolean quoted = name.startsWith("'");
        boolean stream = !quoted && STREAMS.contains(name.toLowerCase(Locale.ROOT));
        String file = quoted ? name.substring(1, name.length() - 1).replace("''", "'") : name;
        String sql =
                "COPY "
                        + text.substring(0, at).strip()
                        + (input ? " FROM STDIN " : " TO STDOUT ")
                        + target.group(2);
        return Optional.of(
                new ClientCopy(sql.strip(), input, stream ? Optional.empty() : Optional.of(file)));
    }

    /** Returns where FROM or TO stands outside of parentheses and quotes, or -1. */
    private static int directionAt(String text) {
        int depth = 0;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '(' || c == ')') {
                depth += c == '(' ? 1 : -1;
            } else if (depth == 0
                    && i > 0
                    && (Character.isWhitespace(text.charAt(i - 1)) || text.charAt(i - 1) == ')')
                    && text.substring(i).matches("(?is)(from|to)\\s.*")) {
                return i;
            }
        }
        return -1;
    }
}
