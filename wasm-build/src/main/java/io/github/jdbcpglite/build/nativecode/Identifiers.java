package io.github.jdbcpglite.build.nativecode;

/** Makes C identifiers of a guest's names. */
final class Identifiers {
    private static final int LENGTH_MAX = 80;

    private Identifiers() {}

    /**
     * Replaces what C does not allow, and cuts long names; different names may become equal.
     *
     * @return an identifier; only of an empty name an empty text
     */
    static String of(String name) {
        String clean = name.replaceAll("[^A-Za-z0-9_]", "_");
        String start = clean.isEmpty() || !Character.isDigit(clean.charAt(0)) ? "" : "_";
        String identifier = start + clean;
        return identifier.substring(0, Math.min(LENGTH_MAX, identifier.length()));
    }

    /** Returns a function's name, unique by its number. */
    static String function(String name, int number) {
        String identifier = of(name);
        return (identifier.isEmpty() ? "f" : identifier) + "_" + number;
    }
}
