/** Liquibase, with its defaults. */
@NullMarked
package io.github.jdbcpglite.examples.liquibase;

import org.jspecify.annotations.NullMarked;
