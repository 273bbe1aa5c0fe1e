/**
 * Which clusters are open in this JVM, who uses them and when they close.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>There is at most one open cluster for each key. A key is free again only when closing has
 *       finished, so two clusters never share a directory.
 *   <li>A {@code ClusterHandle} is one user. The cluster's {@code ClosePolicy} is applied when the
 *       last one is closed, and a handle counts once however often it is closed.
 *   <li>{@code ClusterRegistry}'s monitor guards the map and every {@code RegisteredCluster}'s
 *       fields. It is never held while a cluster opens, closes or connects.
 *   <li>Clusters open on a thread of their own that ends with the opening, so that who waits can
 *       give up at a deadline without harm to the others.
 *   <li>A shutdown hook exists only while a cluster is open that writes to a directory or, when it
 *       closes, a backup. A thread for delayed closing exists only while one is due.
 *   <li>The hook closes clusters after the application: when all other hooks have ended, and each
 *       user that there was then has been seen idle once, or when the cluster's time is over. Until
 *       then clusters are opened as ever. One that is opened when the hook cannot be registered any
 *       more closes with its last user.
 *   <li>A {@code ClusterScope} is no user: it does not keep a cluster from closing when its policy
 *       says so. It closes, at its end, what would stay for the life of the JVM: clusters opened
 *       within it, for which nobody has written down when they close, and which no other scope has.
 *       A connection that has written it down takes the cluster out of all scopes.
 * </ol>
 *
 * <p>All public types are thread-safe.
 */
@NullMarked
package io.github.jdbcpglite.jdbc.internal.cluster;

import org.jspecify.annotations.NullMarked;
