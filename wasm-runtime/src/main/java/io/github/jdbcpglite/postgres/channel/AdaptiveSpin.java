package io.github.jdbcpglite.postgres.channel;

import java.util.function.BooleanSupplier;

/**
 * Spins for a short time before a thread parks, longer where that has paid before and shorter where
 * it has not; not at all where there is one processor. For one thread at a time.
 */
public final class AdaptiveSpin {
    private static final int SPINS_MIN = 16;
    private static final int SPINS_MAX = Runtime.getRuntime().availableProcessors() > 1 ? 1024 : 0;

    private final BooleanSupplier condition;
    private int spins = SPINS_MAX / 8;

    /**
     * Creates a spin.
     *
     * @param condition what is waited for; another thread makes it true
     */
    public AdaptiveSpin(BooleanSupplier condition) {
        this.condition = condition;
    }

    /** Spins, and returns whether the condition came true. */
    public boolean spin() {
        for (int i = 0; i < spins; i++) {
            if (condition.getAsBoolean()) {
                spins = Math.min(SPINS_MAX, spins * 2);
                return true;
            }
            Thread.onSpinWait();
        }
        spins = Math.min(SPINS_MAX, Math.max(SPINS_MIN, spins / 2));
        return false;
    }
}
