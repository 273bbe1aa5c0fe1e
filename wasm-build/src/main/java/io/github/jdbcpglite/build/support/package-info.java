/**
 * Libraries of our own, in C, with what PGlite's libraries call and its binary does not export.
 *
 * <p>The sources are among this package's resources.
 */
@NullMarked
package io.github.jdbcpglite.build.support;

import org.jspecify.annotations.NullMarked;
