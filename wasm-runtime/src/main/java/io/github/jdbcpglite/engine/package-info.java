/**
 * The seam between what runs WebAssembly and what is built on it: contracts that each engine meets.
 *
 * <p>Rules:
 *
 * <ol>
 *   <li>Nothing here but {@code java.*} and JSpecify; {@code ArchitectureTest} checks it.
 *   <li>Every sentence of these contracts is one that a test of the engines can show.
 *   <li>What an engine made is used with that engine alone: one engine for each cluster.
 * </ol>
 */
@NullMarked
package io.github.jdbcpglite.engine;

import org.jspecify.annotations.NullMarked;
