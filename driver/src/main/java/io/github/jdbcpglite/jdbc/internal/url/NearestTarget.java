package io.github.jdbcpglite.jdbc.internal.url;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Guesses which target was meant by a text that is none. Stateless. */
final class NearestTarget {
    /** A word, with what stands in the place of the colon after it. */
    private static final Pattern WORD = Pattern.compile(":?([A-Za-z-]+)(?:[:/]+(.*))?");

    /** How people and other databases call the three kinds. */
    private static final Map<String, String> KINDS =
            Map.of(
                    "memory", "memory:",
                    "mem", "memory:",
                    "in-memory", "memory:",
                    "inmemory", "memory:",
                    "temp", "temp:",
                    "tmp", "temp:",
                    "temporary", "temp:",
                    "file", "file:",
                    "dir", "file:",
                    "directory", "file:");

    private NearestTarget() {}

    /** Returns the right form of what was probably meant, or nothing. */
    static Optional<String> of(String text) {
        Matcher parts = WORD.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String kind = KINDS.get(parts.group(1).toLowerCase(Locale.ROOT));
        if (kind == null) {
            return Optional.empty();
        }
        String rest = parts.group(2) == null ? "" : parts.group(2);
        return Optional.of(
                switch (kind) {
                    case "temp:" -> kind;
                    case "file:" -> kind + file(text, rest);
                    default -> kind + rest;
                });
    }

    /** An absolute path after a colon stays one; a slash in the place of the colon is none. */
    private static String file(String text, String rest) {
        if (rest.isEmpty()) {
            return "data/mydb";
        }
        return text.matches("[^/]*:/.*") ? "/" + rest : rest;
    }
}
