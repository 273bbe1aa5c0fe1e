/**
 * Scripts of SQL statements, each run in a database of its own on both sides and compared.
 *
 * <p>The format is described in the module's README. Parsing is strict: an unknown directive or an
 * unfinished statement is an error that names file and line.
 */
@NullMarked
package io.github.jdbcpglite.conformance.corpus;

import org.jspecify.annotations.NullMarked;
