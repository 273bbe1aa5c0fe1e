/**
 * The host side of Emscripten's ABI: instances of a module, the functions they import, longjmp and
 * exit.
 *
 * <p>An instance belongs to one thread at a time. Three unchecked exceptions leave guest code:
 * {@link io.github.jdbcpglite.host.LongjmpException}, caught by the invoke functions only, {@link
 * io.github.jdbcpglite.host.ExitException}, caught by whoever called {@code main}, and traps.
 */
@NullMarked
package io.github.jdbcpglite.host;

import org.jspecify.annotations.NullMarked;
