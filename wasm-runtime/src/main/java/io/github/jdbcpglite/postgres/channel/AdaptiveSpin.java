package io.github.jdbcpglite.postgres.channel;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Spins for a short time before a thread parks, where waits have lately been about as short as
 * waking a parked thread takes; not at all where there is one processor. For one thread at a time,
 * which calls {@link #begin}, {@link #spin} and, however the wait ended, {@link #end}.
 *
 * <p>What counts is how long waits last, parked or not, and not whether spinning met the condition:
 * two threads that answer each other and both park wait for each other's waking most of the time,
 * would never meet the condition within a shorter spin, and so never leave off parking.
 */
public final class AdaptiveSpin {
    /** For how long a thread spins at most: about what parking and being woken costs. */
    private static final long LONGEST_NANOS =
            Runtime.getRuntime().availableProcessors() > 1 ? TimeUnit.MICROSECONDS.toNanos(50) : 0;

    /**
     * A wait counts as so many times the longest spin at most, so that a pause is soon forgotten.
     */
    private static final int MOST_COUNTED = 4;

    /** The weight of the waits before, in relation to the last one. */
    private static final int MEMORY = 8;

    /** How often the condition is asked between two looks at the clock. */
    private static final int LOOKS = 16;

    private final BooleanSupplier condition;
    private final long longestNanos;
    private final LongSupplier clock;
    private long sinceNanos;
    private long usualNanos;

    /**
     * Creates a spin.
     *
     * @param condition what is waited for; another thread makes it true
     */
    public AdaptiveSpin(BooleanSupplier condition) {
        this(condition, LONGEST_NANOS, System::nanoTime);
    }

    /** Creates a spin for another machine and time. */
    AdaptiveSpin(BooleanSupplier condition, long longestNanos, LongSupplier clock) {
        this.condition = condition;
        this.longestNanos = longestNanos;
        this.clock = clock;
    }

    /** Notes that a wait begins. */
    public void begin() {
        sinceNanos = clock.getAsLong();
    }

    /** Spins if that is likely to pay, and returns whether the condition came true. */
    public boolean spin() {
        if (usualNanos >= longestNanos) {
            return false;
        }
        do {
            for (int i = 0; i < LOOKS; i++) {
                if (condition.getAsBoolean()) {
                    return true;
                }
                Thread.onSpinWait();
            }
        } while (clock.getAsLong() - sinceNanos < longestNanos);
        return false;
    }

    /** Notes that the wait has ended. */
    public void end() {
        long nanos = Math.min(MOST_COUNTED * longestNanos, clock.getAsLong() - sinceNanos);
        usualNanos += (nanos - usualNanos) / MEMORY;
    }
}
