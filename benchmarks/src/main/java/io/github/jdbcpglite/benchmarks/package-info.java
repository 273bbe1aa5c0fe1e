/**
 * Measures this driver beside native PostgreSQL, H2 and PGlite in node, with and without a socket.
 *
 * <p>{@link io.github.jdbcpglite.benchmarks.Benchmarks} starts a process for each run of each
 * contender, in turn, so that all are measured under the same load; the tables hold medians. Every
 * run checks its answers. The JMH classes measure parts.
 */
@NullMarked
package io.github.jdbcpglite.benchmarks;

import org.jspecify.annotations.NullMarked;
