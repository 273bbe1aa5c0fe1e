/**
 * The two sides of a comparison: the oracle, a real PostgreSQL 18, and the side under test.
 *
 * <p>An {@link OracleServer} owns a process or container and its data, and removes both when it is
 * closed or when the JVM ends. A {@link Side} owns only the connections it has open itself.
 */
@NullMarked
package io.github.jdbcpglite.conformance.server;

import org.jspecify.annotations.NullMarked;
