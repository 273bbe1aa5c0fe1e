/** A directory of the host as a file system, never through a link. */
@NullMarked
package io.github.jdbcpglite.host.fs.directory;

import org.jspecify.annotations.NullMarked;
