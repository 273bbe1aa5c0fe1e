/**
 * JDBC calls made on both sides, whose values, metadata, errors and side effects are compared.
 *
 * <p>A {@link io.github.jdbcpglite.conformance.jdbc.Probe} makes calls and records each; nothing is
 * asserted in it, because the other side's record is what is right. Interfaces of {@code java.sql}
 * are called by reflection, so a method that is added to them is compared without being named here.
 */
@NullMarked
package io.github.jdbcpglite.conformance.jdbc;

import org.jspecify.annotations.NullMarked;
