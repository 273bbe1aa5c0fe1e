/**
 * Databases for tests: a template is filled once, by whatever migrates the application's schema,
 * and every test gets a copy.
 *
 * <p>The databases of this package are in one cluster in memory, {@code memory:testing}, which
 * lives as long as the JVM. Roles belong to the cluster and are shared among them; everything else
 * is in a database. All types are thread-safe.
 */
@NullMarked
package io.github.jdbcpglite.testing;

import org.jspecify.annotations.NullMarked;
