package io.github.jdbcpglite.build.initdb;

import io.github.jdbcpglite.host.process.GuestClock;
import java.time.Instant;

/**
 * A clock that moves on by a microsecond whenever it is read, from the same start in every build.
 */
final class FixedClock implements GuestClock {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final long STEP_NANOS = 1_000;

    private long nanos;

    @Override
    public Instant now() {
        return START.plusNanos(monotonicNanos());
    }

    @Override
    public synchronized long monotonicNanos() {
        nanos += STEP_NANOS;
        return nanos;
    }

    /** Moves on by what a guest wants to sleep. */
    synchronized void skip(long sleepNanos) {
        nanos += sleepNanos;
    }
}
