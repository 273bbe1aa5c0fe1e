/** Extensions through {@code jdbc:pglite:}: that they load, and that they do what they are for. */
@NullMarked
package io.github.jdbcpglite.extensions;

import org.jspecify.annotations.NullMarked;
