package io.github.jdbcpglite.build.outline;

/**
 * When to split.
 *
 * @param jvmBytesMax how many bytes of JVM code a function may need, by estimate; larger ones are
 *     split. At least 64
 * @param nestLevelsMin how many blocks around one {@code br_table} make a nest that is cut into
 *     groups. At least 2
 */
public record OutlineOptions(int jvmBytesMax, int nestLevelsMin) {
    /** HotSpot's limit is 8000; the rest is for the error of the estimate. */
    public static final OutlineOptions DEFAULT = new OutlineOptions(7000, 256);

    /** Checks the ranges. */
    public OutlineOptions {
        if (jvmBytesMax < 64 || nestLevelsMin < 2) {
            throw new IllegalArgumentException(
                    "jvmBytesMax " + jvmBytesMax + " must be at least 64, nestLevelsMin "
                            + nestLevelsMin + " at least 2");
        }
    }
}
