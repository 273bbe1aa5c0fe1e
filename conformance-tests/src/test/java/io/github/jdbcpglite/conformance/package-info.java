/**
 * Compares {@code jdbc:pglite:} with a real PostgreSQL 18, question by question.
 *
 * <p>The module's README describes the scripts, the properties and the report.
 */
@NullMarked
package io.github.jdbcpglite.conformance;

import org.jspecify.annotations.NullMarked;
