/** Linear memory of wasm instances: paged, copy-on-write, shared between instances. */
@NullMarked
package io.github.jdbcpglite.engine.bytecode.memory;

import org.jspecify.annotations.NullMarked;
