package io.github.jdbcpglite.build.locate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LongestIncreaseTest {
    private static final long SEED = 20261130;

    @Test
    void leavesOutWhatStandsAlone() {
        assertThat(LongestIncrease.indexes(new int[] {1, 2, 9, 3, -1, 4, 0}))
                .containsExactlyInAnyOrder(0, 1, 3, 5);
    }

    @Test
    void nothingHasNone() {
        assertThat(LongestIncrease.indexes(new int[] {})).isEmpty();
        assertThat(LongestIncrease.indexes(new int[] {-1, -1})).isEmpty();
    }

    @Test
    void isIncreasingAndAsLongAsTheSlowWayFinds() {
        Random random = new Random(SEED);
        for (int run = 0; run < 200; run++) {
            int[] values = random.ints(12, 0, 15).toArray();

            Set<Integer> found = LongestIncrease.indexes(values);

            int[] chosen = found.stream().sorted().mapToInt(i -> values[i]).toArray();
            assertThat(chosen).as("seed %d, %s", SEED, Arrays.toString(values)).isSorted();
            assertThat(Arrays.stream(chosen).distinct().count()).isEqualTo(chosen.length);
            assertThat(chosen.length).isEqualTo(slowLength(values));
        }
    }

    private static int slowLength(int[] values) {
        int[] longest = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            longest[i] = 1;
            for (int k = 0; k < i; k++) {
                if (values[k] < values[i]) {
                    longest[i] = Math.max(longest[i], longest[k] + 1);
                }
            }
        }
        return Arrays.stream(longest).max().orElse(0);
    }
}
