package io.github.jdbcpglite.cli.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A pattern of psql for names: {@code *} and {@code ?} as in file names, a dot between schema and
 * name, and quotes around what is meant literally and in its case.
 */
final class NamePattern {
    private final List<String> parts = new ArrayList<>();

    NamePattern(String pattern) {
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '.' && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
            } else if (!quoted && (c == '*' || c == '?')) {
                part.append(c == '*' ? ".*" : ".");
            } else {
                String text =
                        quoted ? String.valueOf(c) : String.valueOf(c).toLowerCase(Locale.ROOT);
                boolean plain = Character.isLetterOrDigit(c) || c == '_' || c == ' ';
                part.append(plain ? "" : "\\").append(text);
            }
        }
        parts.add(part.toString());
    }

    /** Returns the condition for a name alone; what stands before a dot is not looked at. */
    String on(String name) {
        return matches(name, parts.get(parts.size() - 1));
    }

    /**
     * Returns the condition for a name in a schema.
     *
     * @param visible the condition for a pattern without a schema
     */
    String on(String schema, String name, String visible) {
        return parts.size() < 2
                ? on(name) + " AND " + visible
                : on(name) + " AND " + matches(schema, parts.get(parts.size() - 2));
    }

    private static String matches(String column, String regex) {
        return column + "::text OPERATOR(pg_catalog.~) " + literal("^(" + regex + ")$");
    }

    /** Returns a text as SQL's literal. */
    static String literal(String text) {
        return "E'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
