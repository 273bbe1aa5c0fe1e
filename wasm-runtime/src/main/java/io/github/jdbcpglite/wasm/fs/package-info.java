/** The file system under a cluster and the descriptors of its processes. */
@NullMarked
package io.github.jdbcpglite.wasm.fs;

import org.jspecify.annotations.NullMarked;
