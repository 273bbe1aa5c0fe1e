/**
 * Makes bundles of extensions from PGlite's archives: their share files, their libraries compiled
 * to class files, and a list of what is in them.
 *
 * <p>A bundle is made for one main module: it takes that module's function types, and names the
 * checksum of the released file, so that a cluster of another one refuses it.
 */
@NullMarked
package io.github.jdbcpglite.build.extension;

import org.jspecify.annotations.NullMarked;
