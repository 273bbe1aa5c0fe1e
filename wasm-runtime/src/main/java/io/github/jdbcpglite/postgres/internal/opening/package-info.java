/**
 * Opens clusters: storages, settings, extensions and templates, and what is started over them.
 *
 * <ol>
 *   <li>What a cluster can start from is a {@code StartFrom}, and there is one way from there: its
 *       storage, its settings, the memory that fits both, a {@code ClusterStarter}. After a crash
 *       the same starter boots over the same files.
 *   <li>A cluster says no in one place, {@code Refusals}: which kind of failure it is and in which
 *       words. What a backup may be written to is {@code BackupTarget}'s to say.
 *   <li>Whoever opens closes what it has opened if it does not get to the end.
 * </ol>
 */
@NullMarked
package io.github.jdbcpglite.postgres.internal.opening;

import org.jspecify.annotations.NullMarked;
