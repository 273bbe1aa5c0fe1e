package io.github.jdbcpglite.build.locate;

import java.util.HashSet;
import java.util.Set;

/** The longest increasing subsequence of numbers. */
final class LongestIncrease {
    private LongestIncrease() {}

    /**
     * Finds it by patience sorting.
     *
     * @param values the numbers; negative ones are left out
     * @return the indexes of one of the longest
     */
    static Set<Integer> indexes(int[] values) {
        int[] lastOfLength = new int[values.length];
        int[] before = new int[values.length];
        int length = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] >= 0) {
                int at = place(values, lastOfLength, length, values[i]);
                before[i] = at == 0 ? -1 : lastOfLength[at - 1];
                lastOfLength[at] = i;
                length = Math.max(length, at + 1);
            }
        }
        Set<Integer> found = new HashSet<>();
        for (int i = length == 0 ? -1 : lastOfLength[length - 1]; i >= 0; i = before[i]) {
            found.add(i);
        }
        return found;
    }

    /** Returns the first length whose smallest last number is not below a value. */
    private static int place(int[] values, int[] lastOfLength, int length, int value) {
        int low = 0;
        int high = length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (values[lastOfLength[middle]] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
