package io.github.jdbcpglite.host.process;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** The JVM's clocks; the monotonic one started one second before this class was loaded. */
final class SystemGuestClock implements GuestClock {
    static final SystemGuestClock INSTANCE = new SystemGuestClock();

    private final InstantSource wall = Clock.systemUTC();
    private final long originNanos = System.nanoTime() - TimeUnit.SECONDS.toNanos(1);

    private SystemGuestClock() {}

    @Override
    public Instant now() {
        return wall.instant();
    }

    @Override
    public long monotonicNanos() {
        return System.nanoTime() - originNanos;
    }
}
