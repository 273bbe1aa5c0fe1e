/** What tests of several packages do with SQL. */
@NullMarked
package io.github.jdbcpglite.sql;

import org.jspecify.annotations.NullMarked;
