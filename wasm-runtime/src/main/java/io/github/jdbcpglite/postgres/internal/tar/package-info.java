/**
 * Tar archives, as far as those of data directories go: POSIX's ustar and pax formats are read and
 * written, GNU's long names read. It stands here so that an application does not get four jars with
 * the driver for one format; {@code RATIONALE.md} says more.
 *
 * <p>Nothing here is thread-safe.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html">POSIX: pax</a>
 */
@NullMarked
package io.github.jdbcpglite.postgres.internal.tar;

import org.jspecify.annotations.NullMarked;
