/**
 * Starts PostgreSQL once for a cluster, and forks processes from the moment before their first
 * statement.
 */
@NullMarked
package io.github.jdbcpglite.postgres.internal.boot;

import org.jspecify.annotations.NullMarked;
