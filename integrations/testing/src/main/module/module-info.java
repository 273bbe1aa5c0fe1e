/** Databases for tests, copied from a template. */
module io.github.jdbcpglite.testing {
    requires transitive java.sql;
    requires io.github.jdbcpglite.jdbc;
    requires static org.jspecify;

    exports io.github.jdbcpglite.testing;
}
