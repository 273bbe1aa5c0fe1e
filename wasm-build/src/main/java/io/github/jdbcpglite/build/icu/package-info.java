/**
 * ICU's data for collations, which PGlite has of the root locale alone: taken from ICU for Java,
 * which has the same files in the other byte order.
 */
@NullMarked
package io.github.jdbcpglite.build.icu;

import org.jspecify.annotations.NullMarked;
