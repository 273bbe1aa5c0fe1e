/**
 * Obtains the official PGlite package through the npm client and checks it against pinned hashes.
 *
 * <p>The download lives outside the build directory, so a clean build needs no network once it is
 * there. No script of the package is run.
 */
@NullMarked
package io.github.jdbcpglite.build.fetch;

import org.jspecify.annotations.NullMarked;
