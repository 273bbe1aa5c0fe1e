/**
 * The JDBC driver for {@code jdbc:pglite:} URLs and its data sources.
 *
 * <p>A connection is pgjdbc's own {@code PgConnection} over a socket in memory, so that everything
 * pgjdbc offers works, {@code unwrap(PGConnection.class)} too. This package decides where a
 * connection goes and with which properties; how it gets there is in the {@code internal} packages,
 * which never refer back to this one.
 *
 * <p>All types are thread-safe unless they say otherwise.
 */
@NullMarked
package io.github.jdbcpglite.jdbc;

import org.jspecify.annotations.NullMarked;
