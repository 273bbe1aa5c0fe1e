/** Micrometer meters of the PGlite clusters of this JVM. Thread-safe. */
@NullMarked
package io.github.jdbcpglite.micrometer;

import org.jspecify.annotations.NullMarked;
