/** The extension of JUnit Jupiter that gives a test a database. */
module io.github.jdbcpglite.junit {
    requires transitive io.github.jdbcpglite.testing;
    requires transitive org.junit.jupiter.api;
    requires org.junit.platform.commons;
    requires static org.jspecify;

    exports io.github.jdbcpglite.junit;
}
