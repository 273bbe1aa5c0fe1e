/**
 * What the build stores for every engine to read: what it has found out about modules (types,
 * imports, exports, the initial function table and globals), and pages of memory.
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
