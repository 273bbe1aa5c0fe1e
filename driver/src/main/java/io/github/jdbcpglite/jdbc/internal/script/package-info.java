/**
 * SQL scripts: where their statements begin and end, and running them one by one.
 *
 * <p>What a statement means is for PostgreSQL to say; here is only as much of its lexical structure
 * as psql needs to find the semicolons.
 */
@NullMarked
package io.github.jdbcpglite.jdbc.internal.script;

import org.jspecify.annotations.NullMarked;
