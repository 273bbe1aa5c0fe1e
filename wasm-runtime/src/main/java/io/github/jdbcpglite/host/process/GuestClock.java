package io.github.jdbcpglite.host.process;

import java.time.Instant;

/**
 * The clocks of a guest.
 *
 * <p>All processes of a cluster share one, because PostgreSQL's backends compare times with each
 * other. Implementations are safe for use by several threads.
 */
public interface GuestClock {

    /** Returns the time of day. */
    Instant now();

    /**
     * Returns nanoseconds of a clock that never runs backwards and started before every guest;
     * above zero, as PostgreSQL takes zero for "not measured".
     */
    long monotonicNanos();

    /** Returns the clocks of this JVM. */
    static GuestClock system() {
        return SystemGuestClock.INSTANCE;
    }
}
