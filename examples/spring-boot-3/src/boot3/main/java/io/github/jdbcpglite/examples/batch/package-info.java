/** Spring Batch with its tables in the database. */
@NullMarked
package io.github.jdbcpglite.examples.batch;

import org.jspecify.annotations.NullMarked;
