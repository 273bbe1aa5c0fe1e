/**
 * What the build has found out about a module, in a form that every engine reads: types, imports,
 * exports, the initial function table and globals.
 *
 * <p>Rules:
 *
 * <ol>
 *   <li>Nothing here knows how an engine runs a module; {@code java.*} and the contracts only.
 *   <li>One stored form, written by the build alone.
 * </ol>
 */
@NullMarked
package io.github.jdbcpglite.engine.description;

import org.jspecify.annotations.NullMarked;
