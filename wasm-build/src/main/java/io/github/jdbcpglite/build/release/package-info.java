/**
 * What belongs to one release of PGlite and to no other: checksums, addresses of PostgreSQL's
 * variables, offsets in its structures, and how functions are recognised.
 *
 * <p>Each release has a file of properties among the resources of this package; {@link
 * io.github.jdbcpglite.build.release.PgliteRelease#pinned()} is the one that the build is made for.
 * The command of {@code build.locate} writes such a file, and nobody types one.
 */
@NullMarked
package io.github.jdbcpglite.build.release;

import org.jspecify.annotations.NullMarked;
