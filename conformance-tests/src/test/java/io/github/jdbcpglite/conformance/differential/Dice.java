package io.github.jdbcpglite.conformance.differential;

import java.util.List;
import java.util.Random;

/** Chances taken from one seed. */
final class Dice {
    private final Random random;

    Dice(long seed) {
        random = new Random(seed);
    }

    /** Returns a number from 0 up to the bound, which is not included. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Returns true in so many of a hundred cases. */
    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** Returns one of the values. */
    <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** Returns one of the texts. */
    String one(String... values) {
        return values[random.nextInt(values.length)];
    }
}
