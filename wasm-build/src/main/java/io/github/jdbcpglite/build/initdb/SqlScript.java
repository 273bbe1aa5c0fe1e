package io.github.jdbcpglite.build.initdb;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a script into its statements as PostgreSQL's lexer would. */
final class SqlScript {
    /** What may hold a semicolon that ends nothing, or the semicolon that ends a statement. */
    private static final Pattern TOKEN =
            Pattern.compile(
                    "--[^\n]*|/\\*.*?\\*/|[eE]'(?:[^'\\\\]|\\\\.|'')*'|'(?:[^']|'')*'"
                            + "|\"(?:[^\"]|\"\")*\"|(\\$\\w*\\$).*?\\1|;",
                    Pattern.DOTALL);

    private SqlScript() {}

    static List<String> statements(String script) {
        List<String> statements = new ArrayList<>();
        Matcher tokens = TOKEN.matcher(script);
        int start = 0;
        while (tokens.find()) {
            if (tokens.group().equals(";")) {
                statements.add(script.substring(start, tokens.start()).strip());
                start = tokens.end();
            }
        }
        statements.add(script.substring(start).strip());
        statements.removeIf(String::isEmpty);
        return statements;
    }
}
