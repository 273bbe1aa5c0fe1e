/** Byte streams between a client and a backend, in memory and bounded. */
@NullMarked
package io.github.jdbcpglite.wasm.io;

import org.jspecify.annotations.NullMarked;
