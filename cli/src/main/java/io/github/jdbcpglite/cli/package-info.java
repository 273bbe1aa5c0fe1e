/**
 * The command line: serve, query and dump a database that lives in a JVM of its own.
 *
 * <p>Commands write results to standard output and everything else to standard error, and answer 0
 * for success, 1 for a failure and 2 for wrong usage; {@code exec}, {@code psql} and {@code dump}
 * answer what the program they run does. Classes are picocli commands, made for one run, and not
 * thread-safe.
 */
@NullMarked
package io.github.jdbcpglite.cli;

import org.jspecify.annotations.NullMarked;
