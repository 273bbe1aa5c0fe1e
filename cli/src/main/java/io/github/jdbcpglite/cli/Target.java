package io.github.jdbcpglite.cli;

import io.github.jdbcpglite.jdbc.PGliteProperty;
import java.util.Properties;

/** What users write for a database, as a URL. Stateless. */
final class Target {
    private static final String PREFIX = "jdbc:pglite:";

    private Target() {}

    static String url(String target) {
        return target.startsWith(PREFIX) ? target : PREFIX + target;
    }

    /** Returns the properties of a command that reads a database and is not to make one. */
    static Properties reading() {
        Properties properties = new Properties();
        properties.setProperty(PGliteProperty.IF_EXISTS.getName(), "true");
        return properties;
    }
}
