/** Takes PGlite's file bundle apart and puts the image's resources together. */
@NullMarked
package io.github.jdbcpglite.build.bundle;

import org.jspecify.annotations.NullMarked;
