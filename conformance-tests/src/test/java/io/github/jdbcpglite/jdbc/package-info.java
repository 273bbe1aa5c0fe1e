/** Access to parts of the driver that only tests need. */
@NullMarked
package io.github.jdbcpglite.jdbc;

import org.jspecify.annotations.NullMarked;
