package io.github.jdbcpglite.cli;

/** What users write for a database, as a URL. Stateless. */
final class Target {
    private static final String PREFIX = "jdbc:pglite:";

    private Target() {}

    static String url(String target) {
        return target.startsWith(PREFIX) ? target : PREFIX + target;
    }
}
