/**
 * A running cluster: starts its processes, freezes, ends and counts them.
 *
 * <ol>
 *   <li>There is one way to start, {@link
 *       io.github.jdbcpglite.postgres.internal.postmaster.Postmaster#start}; what a cluster starts
 *       from is a {@link io.github.jdbcpglite.postgres.internal.boot.ForkSource}.
 *   <li>There is one way to say no to a connection, {@link
 *       io.github.jdbcpglite.postgres.internal.postmaster.RefusedException}, and nothing is left of
 *       what was refused. One connection too many is PostgreSQL's own to refuse, in its protocol.
 *   <li>A crash may come at any time, while the cluster ends too, and stays: who holds a cluster
 *       that has crashed closes it and boots another one.
 * </ol>
 */
@NullMarked
package io.github.jdbcpglite.postgres.internal.postmaster;

import org.jspecify.annotations.NullMarked;
