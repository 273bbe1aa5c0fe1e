/**
 * The image of PGlite made at build time: compiled modules, the files PGlite ships and a data
 * directory.
 *
 * <p>An image is a set of class path resources below {@code io/github/jdbcpglite/image/}:
 *
 * <ul>
 *   <li>{@code image.properties}: versions and the list of modules, see {@link
 *       io.github.jdbcpglite.postgres.internal.distribution.DistributionLayout}
 *   <li>{@code *.wasm}: modules without function bodies
 *   <li>{@code files.index}, {@code pgdata.index} and the files they list below {@code files/} and
 *       {@code pgdata/}
 *   <li>the compiled classes, in packages below {@code io.github.jdbcpglite.image}
 * </ul>
 *
 * <p>Everything is read when first asked for and nothing is unpacked. All classes are thread-safe.
 */
@NullMarked
package io.github.jdbcpglite.postgres.internal.distribution;

import org.jspecify.annotations.NullMarked;
