/**
 * Searches for wrong code of the JVM's compilers: many fresh JVMs, with different flags, run
 * scripts whose answers a real PostgreSQL has given, and every answer must be the same.
 *
 * <p>{@code JitStressTest} and {@code JitChangeTest} record the answers and start the JVMs, {@code
 * JitWorkload} and {@code JitChanges} are what these run.
 */
@NullMarked
package io.github.jdbcpglite.conformance.jit;

import org.jspecify.annotations.NullMarked;
