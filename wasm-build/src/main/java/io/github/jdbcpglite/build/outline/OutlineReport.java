package io.github.jdbcpglite.build.outline;

import java.util.List;

/**
 * What outlining did.
 *
 * @param functionsSplit how many functions of the original were changed
 * @param functionsAdded how many functions were appended
 * @param globalsAdded how many scratch globals were appended
 * @param bytesBefore size of the module before
 * @param bytesAfter size of the module after
 * @param largestJvmBytes the largest estimate of any function afterwards
 * @param remaining functions that are still too large
 */
public record OutlineReport(
        int functionsSplit,
        int functionsAdded,
        int globalsAdded,
        int bytesBefore,
        int bytesAfter,
        int largestJvmBytes,
        List<Remaining> remaining) {
    /** Copies the list. */
    public OutlineReport {
        remaining = List.copyOf(remaining);
    }

    /**
     * A function that could not be made small enough.
     *
     * @param function its index
     * @param jvmBytes its estimate
     */
    public record Remaining(int function, int jvmBytes) {}
}
