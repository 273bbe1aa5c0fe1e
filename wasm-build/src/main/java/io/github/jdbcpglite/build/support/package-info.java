/**
 * Libraries of our own, in C, with what PGlite's libraries call and its binary does not export.
 *
 * <p>The sources are among this package's resources, each beside the WebAssembly that was compiled
 * from it, so that an image can be built without clang. A test compiles them again.
 */
@NullMarked
package io.github.jdbcpglite.build.support;

import org.jspecify.annotations.NullMarked;
