/**
 * Databases for tests: a template is filled once, by whatever migrates the application's schema,
 * and every test gets a copy.
 *
 * <p>A copy is a cluster of its own, or a database in the cluster {@code memory:testing}; {@link
 * io.github.jdbcpglite.testing.Isolation} says what that means. Templates stay as long as the JVM.
 * All types are thread-safe.
 */
@NullMarked
package io.github.jdbcpglite.testing;

import org.jspecify.annotations.NullMarked;
