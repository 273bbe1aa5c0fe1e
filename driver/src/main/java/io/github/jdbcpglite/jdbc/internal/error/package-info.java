/**
 * The one place where the driver's own failures become {@link java.sql.SQLException}s with an
 * SQLState. PostgreSQL's errors are not made here: pgjdbc passes them on.
 */
@NullMarked
package io.github.jdbcpglite.jdbc.internal.error;

import org.jspecify.annotations.NullMarked;
