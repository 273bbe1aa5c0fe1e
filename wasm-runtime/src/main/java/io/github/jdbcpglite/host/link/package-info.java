/**
 * Loads side modules, PostgreSQL's shared libraries, into a running instance.
 *
 * <p>Follows WebAssembly's dynamic linking convention as Emscripten implements it. A loader belongs
 * to one instance and is used on its thread.
 *
 * @see <a
 *     href="https://github.com/WebAssembly/tool-conventions/blob/main/DynamicLinking.md">Dynamic
 *     linking</a>
 */
@NullMarked
package io.github.jdbcpglite.host.link;

import org.jspecify.annotations.NullMarked;
