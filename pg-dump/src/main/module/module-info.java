/** pg_dump in this JVM. Open, since the program's classes and files are found by name. */
open module io.github.jdbcpglite.jdbc.dump {
    requires transitive io.github.jdbcpglite.jdbc;
    requires io.github.jdbcpglite.postgres;
    requires static org.jspecify;

    exports io.github.jdbcpglite.jdbc.dump;
}
