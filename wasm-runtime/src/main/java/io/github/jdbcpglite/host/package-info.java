/**
 * The host side of Emscripten's ABI: what a guest process finds around it, over the contracts of
 * {@link io.github.jdbcpglite.engine}.
 *
 * <p>Host functions get the guest that calls them; those of one process are collected in a {@link
 * io.github.jdbcpglite.host.process.HostFunctionTable}, in which a name stands once. Two exceptions
 * leave guest code on purpose: {@link io.github.jdbcpglite.host.ExitException}, caught by whoever
 * called {@code main}, and {@link io.github.jdbcpglite.host.AbortException}. Nothing here knows an
 * engine.
 */
@NullMarked
package io.github.jdbcpglite.host;

import org.jspecify.annotations.NullMarked;
