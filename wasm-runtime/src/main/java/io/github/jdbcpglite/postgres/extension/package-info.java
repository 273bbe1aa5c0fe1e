/** The one interface by which jars bring extensions of PostgreSQL. */
@NullMarked
package io.github.jdbcpglite.postgres.extension;

import org.jspecify.annotations.NullMarked;
