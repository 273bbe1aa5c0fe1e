package io.github.jdbcpglite.postgres.channel;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

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

    /** A longer wait counts as this, so that a pause is soon forgotten. */
    private static final long LONGEST_COUNTED_NANOS = 4 * LONGEST_NANOS;

    /** The weight of the waits before, in relation to the last one. */
    private static final int MEMORY = 8;

    /** How often the condition is asked between two looks at the clock. */
    private static final int LOOKS = 16;

    private final BooleanSupplier condition;
    private long sinceNanos;
    private long usualNanos;

    /**
     * Creates a spin.
     *
     * @param condition what is waited for; another thread makes it true
     */
    public AdaptiveSpin(BooleanSupplier condition) {
        this.condition = condition;
    }

    /** Notes that a wait begins. */
    public void begin() {
        sinceNanos = System.nanoTime();
    }

    /** Spins if that is likely to pay, and returns whether the condition came true. */
    public boolean spin() {
        if (usualNanos >= LONGEST_NANOS) {
            return false;
        }
        do {
            for (int i = 0; i < LOOKS; i++) {
                if (condition.getAsBoolean()) {
                    return true;
                }
                Thread.onSpinWait();
            }
        } while (System.nanoTime() - sinceNanos < LONGEST_NANOS);
        return false;
    }

    /** Notes that the wait has ended. */
    public void end() {
        long nanos = Math.min(LONGEST_COUNTED_NANOS, System.nanoTime() - sinceNanos);
        usualNanos += (nanos - usualNanos) / MEMORY;
    }
}
