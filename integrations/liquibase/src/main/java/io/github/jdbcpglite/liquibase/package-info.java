/**
 * Liquibase for {@code jdbc:pglite:} URLs.
 *
 * <p>Liquibase asks every database it knows for the driver of a URL. The one class here answers for
 * {@code jdbc:pglite:}; once connected, Liquibase's own PostgreSQL database does the work, so that
 * {@code dbms: postgresql} in changelogs holds. It is compiled against Liquibase 4.33 and uses
 * nothing that 5 has changed. Thread-safe: there is no state of its own.
 */
@NullMarked
package io.github.jdbcpglite.liquibase;

import org.jspecify.annotations.NullMarked;
