/**
 * How sessions of one cluster behave beside each other: isolation, locks, signals, limits.
 *
 * <p>Every wait in here has a deadline, and what another session waits for is seen in {@code
 * pg_stat_activity}, never guessed by time.
 */
@NullMarked
package io.github.jdbcpglite.scenario;

import org.jspecify.annotations.NullMarked;
