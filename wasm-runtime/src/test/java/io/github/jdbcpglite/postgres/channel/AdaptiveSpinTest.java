package io.github.jdbcpglite.postgres.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who spins is decided by how long waits last, on a clock that the test turns. */
class AdaptiveSpinTest {
    private static final long LONGEST = 50_000;
    private static final long SHORT = 30_000;
    private static final long LONG = 1_000_000;
    private static final int MANY = 40;

    private long now;
    private int looks;
    private int trueAfterLooks = Integer.MAX_VALUE;
    private final AdaptiveSpin spin = spin(LONGEST);

    private AdaptiveSpin spin(long longestNanos) {
        return new AdaptiveSpin(
                () -> {
                    looks++;
                    now += 100;
                    return looks >= trueAfterLooks;
                },
                longestNanos,
                () -> now);
    }

    /** Waits as a thread does that parks when spinning does not help. */
    private void parkedFor(long nanos) {
        spin.begin();
        long since = now;
        spin.spin();
        now = Math.max(now, since + nanos);
        spin.end();
    }

    /** Returns whether a wait begins with a spin. */
    private boolean spins(AdaptiveSpin which) {
        looks = 0;
        which.begin();
        boolean met = which.spin();
        which.end();
        return looks > 0 || met;
    }

    @Test
    void aSpinThatMeetsItsConditionEndsTheWait() {
        trueAfterLooks = 3;
        spin.begin();
        assertThat(spin.spin()).isTrue();
        assertThat(looks).isEqualTo(3);
    }

    @Test
    void aSpinEndsInTimeAndSaysThatItDidNotHelp() {
        spin.begin();
        assertThat(spin.spin()).isFalse();
        assertThat(now).isBetween(LONGEST, 2 * LONGEST);
    }

    @Test
    void nobodySpinsWhereWaitsAreLong() {
        for (int i = 0; i < MANY; i++) {
            parkedFor(LONG);
        }
        assertThat(spins(spin)).isFalse();
    }

    /** Two threads that both park wait for each other's waking: short waits without one spin. */
    @Test
    void whoParkedForLongSpinsAgainWhenWaitsHaveBecomeShort() {
        for (int i = 0; i < MANY; i++) {
            parkedFor(LONG);
        }
        for (int i = 0; i < MANY; i++) {
            parkedFor(SHORT);
        }
        assertThat(spins(spin)).isTrue();
    }

    @Test
    void onePauseIsSoonForgotten() {
        for (int i = 0; i < MANY; i++) {
            parkedFor(SHORT);
        }
        parkedFor(1000 * LONG);
        for (int i = 0; i < MANY / 4; i++) {
            parkedFor(SHORT);
        }
        assertThat(spins(spin)).isTrue();
    }

    @Test
    void nobodySpinsWhereThereIsOneProcessor() {
        assertThat(spins(spin(0))).isFalse();
    }
}
