package io.github.jdbcpglite.conformance.corpus;

import io.github.jdbcpglite.conformance.answer.NormaliseRule;
import io.github.jdbcpglite.conformance.server.QueryMode;
import io.github.jdbcpglite.jdbc.internal.script.SqlScanner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the text of a corpus file. One instance reads one file. Not thread-safe. */
public final class ScriptParser {
    private static final Pattern COPY_IN =
            Pattern.compile(
                    "copy\\b.*\\bfrom\\s+stdin\\b.*", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private final String text;
    private final List<ScriptStatement> statements = new ArrayList<>();
    private final List<QueryMode> modes = new ArrayList<>();
    private final List<NormaliseRule> fileRules = new ArrayList<>();
    private int position;
    private boolean unordered;
    private boolean reconnect;
    private @Nullable String limit;
    private List<NormaliseRule> rules = new ArrayList<>();

    private ScriptParser(String text) {
        this.text = text;
    }

    /**
     * Reads a file's text.
     *
     * @throws IllegalArgumentException if it is malformed; the message names file and line
     */
    public static Script parse(String area, String name, String text) {
        ScriptParser parser = new ScriptParser(text);
        try {
            parser.readAll();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    area
                            + "/"
                            + name
                            + ".sql:"
                            + parser.line(parser.position)
                            + ": "
                            + e.getMessage(),
                    e);
        }
        return new Script(area, name, parser.modes, parser.statements);
    }

    private void readAll() {
        while (skipToStatement()) {
            int start = position;
            int end = SqlScanner.end(text, start);
            if (end == text.length()) {
                throw new IllegalArgumentException(
                        "No semicolon ends the statement: "
                                + text.substring(start, Math.min(text.length(), start + 60)));
            }
            String sql = text.substring(start, end);
            position = end + 1;
            String copyData = COPY_IN.matcher(sql).matches() ? readCopyData() : null;
            List<NormaliseRule> all = new ArrayList<>(fileRules);
            all.addAll(rules);
            statements.add(
                    new ScriptStatement(
                            line(start), sql, copyData, unordered, all, limit, reconnect));
            unordered = false;
            reconnect = false;
            limit = null;
            rules = new ArrayList<>();
        }
    }

    /** Skips blank space and comments, taking directives; returns false at the end of the text. */
    private boolean skipToStatement() {
        while (position < text.length()) {
            if (Character.isWhitespace(text.charAt(position))) {
                position++;
            } else if (text.startsWith("--", position)) {
                int newline = text.indexOf('\n', position);
                int end = newline < 0 ? text.length() : newline;
                String comment = text.substring(position + 2, end).trim();
                if (comment.startsWith("@")) {
                    directive(comment.substring(1).trim());
                }
                position = end;
            } else {
                return true;
            }
        }
        return false;
    }

    private void directive(String directive) {
        List<String> words = Arrays.asList(directive.split("\\s+"));
        List<String> arguments = words.subList(1, words.size());
        switch (words.get(0)) {
            case "unordered" -> unordered = true;
            case "reconnect" -> reconnect = true;
            case "normalise" -> arguments.forEach(rule -> rules.add(NormaliseRule.of(rule)));
            case "normalise-file" ->
                    arguments.forEach(rule -> fileRules.add(NormaliseRule.of(rule)));
            case "modes" -> arguments.forEach(mode -> modes.add(QueryMode.of(mode)));
            case "limit" -> limit = String.join(" ", arguments);
            default -> throw new IllegalArgumentException("Unknown directive @" + directive);
        }
    }

    private String readCopyData() {
        int start = text.indexOf('\n', position) + 1;
        int end = start == 0 ? -1 : text.indexOf("\\.\n", start);
        while (end > start && text.charAt(end - 1) != '\n') {
            end = text.indexOf("\\.\n", end + 1);
        }
        if (end < 0) {
            throw new IllegalArgumentException("No line \\. ends the data of COPY");
        }
        position = end + 3;
        return text.substring(start, end);
    }

    private int line(int index) {
        return 1 + (int) text.substring(0, index).chars().filter(c -> c == '\n').count();
    }
}
