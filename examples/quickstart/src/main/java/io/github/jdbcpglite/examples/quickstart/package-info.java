/** A tour of the driver in one program: what it prints is what PostgreSQL answered. */
@NullMarked
package io.github.jdbcpglite.examples.quickstart;

import org.jspecify.annotations.NullMarked;
