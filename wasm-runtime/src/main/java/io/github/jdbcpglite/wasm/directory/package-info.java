/**
 * A data directory of PostgreSQL on the host's disk, before and after PostgreSQL runs on it: what
 * is in it, who has it open, how it is made.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>Nothing in a directory is changed before its contents were found usable and its lock is
 *       held.
 *   <li>The lock file is never deleted, so that a lock always means the file of that name.
 *   <li>A directory without PostgreSQL's files being complete holds the marker of the creation, and
 *       no PostgreSQL runs on it.
 *   <li>The guest sees neither lock file nor marker. PostgreSQL opens and closes whatever files it
 *       sees, and a POSIX lock of a process ends when the process closes the file anywhere.
 * </ol>
 */
@NullMarked
package io.github.jdbcpglite.wasm.directory;

import org.jspecify.annotations.NullMarked;
