/** The driver of jdbc:pglite: URLs, and its data sources. */
module io.github.jdbcpglite.jdbc {
    requires transitive java.sql;
    requires transitive org.postgresql.jdbc;
    requires java.logging;
    requires java.management;
    requires io.github.jdbcpglite.image;
    requires io.github.jdbcpglite.postgres;
    requires static org.jspecify;

    exports io.github.jdbcpglite.jdbc;
    // pgjdbc makes the socket factory.
    exports io.github.jdbcpglite.jdbc.internal.transport to org.postgresql.jdbc;

    provides java.sql.Driver with io.github.jdbcpglite.jdbc.PGliteDriver;
}
