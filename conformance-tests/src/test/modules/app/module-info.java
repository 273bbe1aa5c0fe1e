/** An application on the module path. */
module app {
    requires io.github.jdbcpglite.jdbc;
    requires io.github.jdbcpglite.junit;
}
