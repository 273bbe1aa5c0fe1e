/** Quartz with its tables in the database. */
@NullMarked
package io.github.jdbcpglite.examples.quartz;

import org.jspecify.annotations.NullMarked;
