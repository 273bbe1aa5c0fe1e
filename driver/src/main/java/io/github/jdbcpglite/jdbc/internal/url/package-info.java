/**
 * The grammar of {@code jdbc:pglite:} URLs: text in, target and parameters out.
 *
 * <p>What a parameter means is not known here, and no file is looked at. Values are immutable.
 */
@NullMarked
package io.github.jdbcpglite.jdbc.internal.url;

import org.jspecify.annotations.NullMarked;
