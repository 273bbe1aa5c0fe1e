/**
 * What a run found: counts per area, differences and the limits that explain them.
 *
 * <p>{@link Report} collects while tests run, from several threads if need be; the writers turn it
 * into files once, at the end.
 */
@NullMarked
package io.github.jdbcpglite.conformance.report;

import org.jspecify.annotations.NullMarked;
