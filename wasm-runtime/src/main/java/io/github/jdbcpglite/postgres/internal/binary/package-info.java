/**
 * What is known of the binary of PGlite: addresses of variables and layouts of structures. They are
 * read from the distribution, to whose binary they belong, and no other package has any.
 */
@NullMarked
package io.github.jdbcpglite.postgres.internal.binary;

import org.jspecify.annotations.NullMarked;
