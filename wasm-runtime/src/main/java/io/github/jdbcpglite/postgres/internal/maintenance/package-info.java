/**
 * PostgreSQL's own processes, the checkpointer, the WAL writer and autovacuum, and when they are
 * needed.
 */
@NullMarked
package io.github.jdbcpglite.postgres.internal.maintenance;

import org.jspecify.annotations.NullMarked;
