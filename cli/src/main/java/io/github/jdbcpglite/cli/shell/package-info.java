/**
 * The shell: SQL and backslash commands from a terminal, a file or a pipe, as psql takes them.
 *
 * <p>{@link io.github.jdbcpglite.cli.shell.Shell} reads lines from a {@code LineSource}, {@code
 * SqlScanner} cuts them into statements and commands, {@code Session} runs statements over one
 * connection, and {@code RowFormat} writes rows. Nothing here is thread-safe but {@code
 * Session.cancel}, which signal handlers call.
 */
@NullMarked
package io.github.jdbcpglite.cli.shell;

import org.jspecify.annotations.NullMarked;
