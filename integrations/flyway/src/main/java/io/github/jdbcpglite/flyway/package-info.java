/**
 * Flyway for {@code jdbc:pglite:} URLs.
 *
 * <p>Flyway asks its plugins who handles a URL, and refuses one that nobody claims, whether a JDBC
 * driver takes it or not. The one class here claims it; everything after the connection is Flyway's
 * own support of PostgreSQL. It is compiled against Flyway 11 and uses nothing that 12 and 13 have
 * changed. Thread-safe: there is no state.
 */
@NullMarked
package io.github.jdbcpglite.flyway;

import org.jspecify.annotations.NullMarked;
