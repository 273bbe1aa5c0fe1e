/** PGlite as class files and stored state. Open, since all of it is found by name. */
open module io.github.jdbcpglite.image {
    requires io.github.jdbcpglite.postgres;
}
