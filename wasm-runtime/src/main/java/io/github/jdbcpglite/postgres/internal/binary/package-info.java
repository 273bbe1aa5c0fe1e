/** What is known of the binary of PGlite: addresses and layouts. No other package has any. */
@NullMarked
package io.github.jdbcpglite.postgres.internal.binary;

import org.jspecify.annotations.NullMarked;
