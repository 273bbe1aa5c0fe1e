/** jOOQ, with the dialect from the starter. */
@NullMarked
package io.github.jdbcpglite.examples.jooq;

import org.jspecify.annotations.NullMarked;
