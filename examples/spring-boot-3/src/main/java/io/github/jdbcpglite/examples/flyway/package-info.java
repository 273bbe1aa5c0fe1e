/** Flyway, with its defaults. */
@NullMarked
package io.github.jdbcpglite.examples.flyway;

import org.jspecify.annotations.NullMarked;
