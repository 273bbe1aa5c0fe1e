/** A running cluster: starts its processes, freezes, ends and counts them. */
@NullMarked
package io.github.jdbcpglite.postgres.internal.postmaster;

import org.jspecify.annotations.NullMarked;
