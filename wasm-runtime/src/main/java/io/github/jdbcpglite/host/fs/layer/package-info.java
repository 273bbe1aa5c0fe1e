/** File systems made of others. */
@NullMarked
package io.github.jdbcpglite.host.fs.layer;

import org.jspecify.annotations.NullMarked;
