/** The file system under a cluster and the descriptors of its processes. */
@NullMarked
package io.github.jdbcpglite.host.fs;

import org.jspecify.annotations.NullMarked;
