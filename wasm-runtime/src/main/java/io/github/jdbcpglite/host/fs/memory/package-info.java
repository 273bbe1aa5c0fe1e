/** File systems in the heap, whose contents copies share until they write. */
@NullMarked
package io.github.jdbcpglite.host.fs.memory;

import org.jspecify.annotations.NullMarked;
