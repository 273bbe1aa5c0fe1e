/** JdbcClient, with the schema from schema.sql. */
@NullMarked
package io.github.jdbcpglite.examples.jdbc;

import org.jspecify.annotations.NullMarked;
