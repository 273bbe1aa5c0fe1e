/**
 * pg_dump in this process: PGlite's build of the program, compiled to JVM class files when this jar
 * is built. Stateless but for the loaded program.
 */
@NullMarked
package io.github.jdbcpglite.jdbc.dump;

import org.jspecify.annotations.NullMarked;
