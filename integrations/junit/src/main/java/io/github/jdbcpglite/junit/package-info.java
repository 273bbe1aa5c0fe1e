/**
 * A JUnit extension that gives each test, or each test class, a PostgreSQL database of its own.
 *
 * <p>Compiled against JUnit 5.14; the same classes run with JUnit 6. Tests may run in parallel: no
 * state is shared but the templates, which are thread-safe.
 */
@NullMarked
package io.github.jdbcpglite.junit;

import org.jspecify.annotations.NullMarked;
