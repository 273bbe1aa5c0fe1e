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
 *   <li>A directory without PostgreSQL's files being complete holds the marker of the creation and
 *       no {@code PG_VERSION}, and no PostgreSQL runs on it.
 *   <li>Nothing is deleted or overwritten that this library did not make: the marker says which
 *       entries are its own, and files of its names are recognized by what is in them.
 *   <li>Links are not followed, and no file is read before its kind and size are known.
 *   <li>The guest sees neither lock file nor marker, and has a {@code postmaster.pid} of its own.
 *       PostgreSQL opens and closes whatever files it sees, and a POSIX lock of a process ends when
 *       the process closes the file anywhere.
 * </ol>
 */
@NullMarked
package io.github.jdbcpglite.postgres.internal.datadir;

import org.jspecify.annotations.NullMarked;
