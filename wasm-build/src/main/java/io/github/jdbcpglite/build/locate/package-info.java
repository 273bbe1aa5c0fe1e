/**
 * Finds what a release file says about one {@code pglite.wasm} in the {@code pglite.wasm} of
 * another release.
 *
 * <p>Functions are paired first ({@link io.github.jdbcpglite.build.locate.FunctionPairing}): by the
 * names under which they are exported, by a checksum of their instructions without what a linker
 * decides, by their place beside paired ones, and by who calls them. A variable is then where the
 * paired functions have the operand at which the known ones name its address; all places vote. The
 * module has no names but those of exports, so everything else rests on this.
 *
 * <p>{@link io.github.jdbcpglite.build.locate.Locate} is the command; {@code
 * docs/UPGRADING-PGLITE.md} says what to do with its answer. Objects of this package are for one
 * thread, except records.
 */
@NullMarked
package io.github.jdbcpglite.build.locate;

import org.jspecify.annotations.NullMarked;
