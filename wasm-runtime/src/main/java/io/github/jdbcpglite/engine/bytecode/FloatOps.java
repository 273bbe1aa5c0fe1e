package io.github.jdbcpglite.engine.bytecode;

/**
 * Floating-point instructions and conversions that the JVM's own instructions do not cover exactly.
 *
 * <p>Sign manipulations work on the bits, because they must keep a NaN's payload.
 */
public final class FloatOps {
    private static final double TWO_POW_31 = 0x1p31;
    private static final double TWO_POW_32 = 0x1p32;
    private static final double TWO_POW_63 = 0x1p63;
    private static final double TWO_POW_64 = 0x1p64;

    /** The bit that a signalling NaN lacks; every arithmetic instruction must set it. */
    private static final int F32_QUIET = 0x400000;

    private static final long F64_QUIET = 0x8000000000000L;

    private FloatOps() {}

    /** f32.abs */
    public static float f32Abs(float x) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(x) & Integer.MAX_VALUE);
    }

    /** f32.neg */
    public static float f32Neg(float x) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(x) ^ Integer.MIN_VALUE);
    }

    /** f32.copysign */
    public static float f32Copysign(float x, float sign) {
        return Float.intBitsToFloat(
                Float.floatToRawIntBits(x) & Integer.MAX_VALUE
                        | Float.floatToRawIntBits(sign) & Integer.MIN_VALUE);
    }

    /** f64.abs */
    public static double f64Abs(double x) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(x) & Long.MAX_VALUE);
    }

    /** f64.neg */
    public static double f64Neg(double x) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(x) ^ Long.MIN_VALUE);
    }

    /** f64.copysign */
    public static double f64Copysign(double x, double sign) {
        return Double.longBitsToDouble(
                Double.doubleToRawLongBits(x) & Long.MAX_VALUE
                        | Double.doubleToRawLongBits(sign) & Long.MIN_VALUE);
    }

    /** f32.min; the JVM's gives a signalling NaN back as it is */
    public static float f32Min(float x, float y) {
        float min = Math.min(x, y);
        return Float.isNaN(min) ? quiet(min) : min;
    }

    /** f32.max */
    public static float f32Max(float x, float y) {
        float max = Math.max(x, y);
        return Float.isNaN(max) ? quiet(max) : max;
    }

    private static float quiet(float nan) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(nan) | F32_QUIET);
    }

    /** f64.min */
    public static double f64Min(double x, double y) {
        double min = Math.min(x, y);
        return Double.isNaN(min) ? quiet(min) : min;
    }

    /** f64.max */
    public static double f64Max(double x, double y) {
        double max = Math.max(x, y);
        return Double.isNaN(max) ? quiet(max) : max;
    }

    private static double quiet(double nan) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(nan) | F64_QUIET);
    }

    /** f32.ceil */
    public static float f32Ceil(float x) {
        return (float) Math.ceil(x);
    }

    /** f32.floor */
    public static float f32Floor(float x) {
        return (float) Math.floor(x);
    }

    /** f32.nearest */
    public static float f32Nearest(float x) {
        return (float) Math.rint(x);
    }

    /** f32.trunc */
    public static float f32Trunc(float x) {
        return (float) f64Trunc(x);
    }

    /** f32.sqrt, exact because a double holds more than twice a float's digits */
    public static float f32Sqrt(float x) {
        return (float) Math.sqrt(x);
    }

    /** f64.ceil; the JVM's gives a signalling NaN back as it is, unless it is compiled */
    public static double f64Ceil(double x) {
        return Double.isNaN(x) ? quiet(x) : Math.ceil(x);
    }

    /** f64.floor */
    public static double f64Floor(double x) {
        return Double.isNaN(x) ? quiet(x) : Math.floor(x);
    }

    /** f64.trunc, which keeps the sign of a zero */
    public static double f64Trunc(double x) {
        return x < 0 ? Math.ceil(x) : f64Floor(x);
    }

    /** i32.trunc_f64_s, and _f32_s of a widened operand */
    public static int i32TruncS(double x) {
        if (x > -TWO_POW_31 - 1 && x < TWO_POW_31) {
            return (int) x;
        }
        throw outOfRange(x);
    }

    /** i32.trunc_f64_u, and _f32_u of a widened operand */
    public static int i32TruncU(double x) {
        if (x > -1 && x < TWO_POW_32) {
            return (int) (long) x;
        }
        throw outOfRange(x);
    }

    /** i64.trunc_f64_s, and _f32_s of a widened operand */
    public static long i64TruncS(double x) {
        if (x >= -TWO_POW_63 && x < TWO_POW_63) {
            return (long) x;
        }
        throw outOfRange(x);
    }

    /** i64.trunc_f64_u, and _f32_u of a widened operand */
    public static long i64TruncU(double x) {
        if (x > -1 && x < TWO_POW_64) {
            return unsigned(x);
        }
        throw outOfRange(x);
    }

    /** i32.trunc_sat_f64_u, and _f32_u of a widened operand */
    public static int i32TruncSatU(double x) {
        long value = (long) x;
        return value <= 0 ? 0 : (int) Math.min(value, 0xFFFFFFFFL);
    }

    /** i64.trunc_sat_f64_u, and _f32_u of a widened operand */
    public static long i64TruncSatU(double x) {
        if (x >= TWO_POW_64) {
            return -1;
        }
        return x > 0 ? unsigned(x) : 0;
    }

    private static long unsigned(double x) {
        return x < TWO_POW_63 ? (long) x : (long) (x - TWO_POW_63) ^ Long.MIN_VALUE;
    }

    private static RuntimeException outOfRange(double x) {
        return Double.isNaN(x) ? Traps.invalidConversion() : Traps.integerOverflow();
    }

    /** f32.convert_i32_u */
    public static float f32ConvertI32U(int x) {
        return x & 0xFFFFFFFFL;
    }

    /** f64.convert_i32_u */
    public static double f64ConvertI32U(int x) {
        return x & 0xFFFFFFFFL;
    }

    /**
     * f32.convert_i64_u: a large operand is halved first; or-ing the lost bit in keeps the rounding
     * right.
     */
    public static float f32ConvertI64U(long x) {
        return x >= 0 ? x : (float) (x >>> 1 | x & 1) * 2;
    }

    /** f64.convert_i64_u */
    public static double f64ConvertI64U(long x) {
        return x >= 0 ? x : (double) (x >>> 1 | x & 1) * 2;
    }
}
