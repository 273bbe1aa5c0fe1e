/** Looks into the accounts of memory. */
@NullMarked
package io.github.jdbcpglite.wasm.memory;

import org.jspecify.annotations.NullMarked;
