package io.github.jdbcpglite.wasm.engine;

/** Comparisons whose result generated code needs as a number and not for a jump. */
public final class Compares {
    private Compares() {}

    /** i32.eqz */
    public static int i32Eqz(int a) {
        return a == 0 ? 1 : 0;
    }

    /** i32.eq */
    public static int i32Eq(int a, int b) {
        return a == b ? 1 : 0;
    }

    /** i32.ne */
    public static int i32Ne(int a, int b) {
        return a != b ? 1 : 0;
    }

    /** i32.lt_s */
    public static int i32LtS(int a, int b) {
        return a < b ? 1 : 0;
    }

    /** i32.le_s */
    public static int i32LeS(int a, int b) {
        return a <= b ? 1 : 0;
    }

    /** i32.gt_s */
    public static int i32GtS(int a, int b) {
        return a > b ? 1 : 0;
    }

    /** i32.ge_s */
    public static int i32GeS(int a, int b) {
        return a >= b ? 1 : 0;
    }

    /** i32.lt_u */
    public static int i32LtU(int a, int b) {
        return (a ^ Integer.MIN_VALUE) < (b ^ Integer.MIN_VALUE) ? 1 : 0;
    }

    /** i32.le_u */
    public static int i32LeU(int a, int b) {
        return (a ^ Integer.MIN_VALUE) <= (b ^ Integer.MIN_VALUE) ? 1 : 0;
    }

    /** i32.gt_u */
    public static int i32GtU(int a, int b) {
        return (a ^ Integer.MIN_VALUE) > (b ^ Integer.MIN_VALUE) ? 1 : 0;
    }

    /** i32.ge_u */
    public static int i32GeU(int a, int b) {
        return (a ^ Integer.MIN_VALUE) >= (b ^ Integer.MIN_VALUE) ? 1 : 0;
    }

    /** i64.eqz */
    public static int i64Eqz(long a) {
        return a == 0 ? 1 : 0;
    }

    /** i64.eq */
    public static int i64Eq(long a, long b) {
        return a == b ? 1 : 0;
    }

    /** i64.ne */
    public static int i64Ne(long a, long b) {
        return a != b ? 1 : 0;
    }

    /** i64.lt_s */
    public static int i64LtS(long a, long b) {
        return a < b ? 1 : 0;
    }

    /** i64.le_s */
    public static int i64LeS(long a, long b) {
        return a <= b ? 1 : 0;
    }

    /** i64.gt_s */
    public static int i64GtS(long a, long b) {
        return a > b ? 1 : 0;
    }

    /** i64.ge_s */
    public static int i64GeS(long a, long b) {
        return a >= b ? 1 : 0;
    }

    /** i64.lt_u */
    public static int i64LtU(long a, long b) {
        return (a ^ Long.MIN_VALUE) < (b ^ Long.MIN_VALUE) ? 1 : 0;
    }

    /** i64.le_u */
    public static int i64LeU(long a, long b) {
        return (a ^ Long.MIN_VALUE) <= (b ^ Long.MIN_VALUE) ? 1 : 0;
    }

    /** i64.gt_u */
    public static int i64GtU(long a, long b) {
        return (a ^ Long.MIN_VALUE) > (b ^ Long.MIN_VALUE) ? 1 : 0;
    }

    /** i64.ge_u */
    public static int i64GeU(long a, long b) {
        return (a ^ Long.MIN_VALUE) >= (b ^ Long.MIN_VALUE) ? 1 : 0;
    }

    /** f32.eq */
    public static int f32Eq(float a, float b) {
        return a == b ? 1 : 0;
    }

    /** Not f32.eq, which for a NaN is not the opposite comparison. */
    public static int f32NotEq(float a, float b) {
        return a == b ? 0 : 1;
    }

    /** f32.ne */
    public static int f32Ne(float a, float b) {
        return a != b ? 1 : 0;
    }

    /** Not f32.ne, which for a NaN is not the opposite comparison. */
    public static int f32NotNe(float a, float b) {
        return a != b ? 0 : 1;
    }

    /** f32.lt */
    public static int f32Lt(float a, float b) {
        return a < b ? 1 : 0;
    }

    /** Not f32.lt, which for a NaN is not the opposite comparison. */
    public static int f32NotLt(float a, float b) {
        return a < b ? 0 : 1;
    }

    /** f32.le */
    public static int f32Le(float a, float b) {
        return a <= b ? 1 : 0;
    }

    /** Not f32.le, which for a NaN is not the opposite comparison. */
    public static int f32NotLe(float a, float b) {
        return a <= b ? 0 : 1;
    }

    /** f32.gt */
    public static int f32Gt(float a, float b) {
        return a > b ? 1 : 0;
    }

    /** Not f32.gt, which for a NaN is not the opposite comparison. */
    public static int f32NotGt(float a, float b) {
        return a > b ? 0 : 1;
    }

    /** f32.ge */
    public static int f32Ge(float a, float b) {
        return a >= b ? 1 : 0;
    }

    /** Not f32.ge, which for a NaN is not the opposite comparison. */
    public static int f32NotGe(float a, float b) {
        return a >= b ? 0 : 1;
    }

    /** f64.eq */
    public static int f64Eq(double a, double b) {
        return a == b ? 1 : 0;
    }

    /** Not f64.eq, which for a NaN is not the opposite comparison. */
    public static int f64NotEq(double a, double b) {
        return a == b ? 0 : 1;
    }

    /** f64.ne */
    public static int f64Ne(double a, double b) {
        return a != b ? 1 : 0;
    }

    /** Not f64.ne, which for a NaN is not the opposite comparison. */
    public static int f64NotNe(double a, double b) {
        return a != b ? 0 : 1;
    }

    /** f64.lt */
    public static int f64Lt(double a, double b) {
        return a < b ? 1 : 0;
    }

    /** Not f64.lt, which for a NaN is not the opposite comparison. */
    public static int f64NotLt(double a, double b) {
        return a < b ? 0 : 1;
    }

    /** f64.le */
    public static int f64Le(double a, double b) {
        return a <= b ? 1 : 0;
    }

    /** Not f64.le, which for a NaN is not the opposite comparison. */
    public static int f64NotLe(double a, double b) {
        return a <= b ? 0 : 1;
    }

    /** f64.gt */
    public static int f64Gt(double a, double b) {
        return a > b ? 1 : 0;
    }

    /** Not f64.gt, which for a NaN is not the opposite comparison. */
    public static int f64NotGt(double a, double b) {
        return a > b ? 0 : 1;
    }

    /** f64.ge */
    public static int f64Ge(double a, double b) {
        return a >= b ? 1 : 0;
    }

    /** Not f64.ge, which for a NaN is not the opposite comparison. */
    public static int f64NotGe(double a, double b) {
        return a >= b ? 0 : 1;
    }
}
