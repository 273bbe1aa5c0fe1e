/** Access to parts of the runtime that only tests need. */
@NullMarked
package io.github.jdbcpglite.wasm;

import org.jspecify.annotations.NullMarked;
