package io.github.jdbcpglite.engine.bytecode;

import org.jspecify.annotations.Nullable;

/** Chicory's raw results: arrays of longs, an i32 or f32 in the low 32 bits. */
public final class RawValues {
    private RawValues() {}

    /** Wraps an i32. */
    public static long[] of(int value) {
        return new long[] {value};
    }

    /** Wraps an i64. */
    public static long[] of(long value) {
        return new long[] {value};
    }

    /** Wraps an f32. */
    public static long[] of(float value) {
        return new long[] {Float.floatToRawIntBits(value)};
    }

    /** Wraps an f64. */
    public static long[] of(double value) {
        return new long[] {Double.doubleToRawLongBits(value)};
    }

    /** Unwraps an i32. */
    public static int i32(long @Nullable [] results) {
        return (int) i64(results);
    }

    /** Unwraps an i64. */
    public static long i64(long @Nullable [] results) {
        if (results == null || results.length == 0) {
            throw new IllegalStateException("an imported function returned no result");
        }
        return results[0];
    }

    /** Unwraps an f32. */
    public static float f32(long @Nullable [] results) {
        return Float.intBitsToFloat((int) i64(results));
    }

    /** Unwraps an f64. */
    public static double f64(long @Nullable [] results) {
        return Double.longBitsToDouble(i64(results));
    }
}
