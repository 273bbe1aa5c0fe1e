/**
 * pg_uuidv7: UUIDs of version 7, as a bundle that clusters find on the class path.
 *
 * <p>What the build made of PGlite's archive lies in the sub-package {@code bundle}.
 */
@NullMarked
package io.github.jdbcpglite.extensions.pg_uuidv7;

import org.jspecify.annotations.NullMarked;
