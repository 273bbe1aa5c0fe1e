/**
 * Runs a client program of PostgreSQL that was compiled as an Emscripten main module, over a
 * connection of the caller's. A run has memory and files of its own and leaves nothing behind.
 */
@NullMarked
package io.github.jdbcpglite.host.program;

import org.jspecify.annotations.NullMarked;
