package io.github.jdbcpglite.engine.bytecode;

/**
 * Comparisons whose result generated code needs as a number and not for a jump.
 *
 * <p>Those of integers have no branch: of a number that is 1 on one path and 0 on the other, C2
 * makes one constant for each path, and may leave compiled code with the wrong one (JDK-8376400).
 * Its fold takes two comparisons of ints; those of floats are none, and keep theirs.
 */
public final class Compares {
    /**
     * Zero, which HotSpot does not take for a constant: nobody writes it, and it is not final.
     * Generated code adds it to what it compares a long with.
     */
    @SuppressWarnings("NonFinalStaticField") // that is the point
    public static long zero;

    private Compares() {}

    /** i32.eqz */
    public static int i32Eqz(int a) {
        return (int) (((a & 0xFFFFFFFFL) - 1) >>> 63);
    }

    /** i32.eq */
    public static int i32Eq(int a, int b) {
        return (int) ((((a ^ b) & 0xFFFFFFFFL) - 1) >>> 63);
    }

    /** i32.ne */
    public static int i32Ne(int a, int b) {
        return (int) (-((a ^ b) & 0xFFFFFFFFL) >>> 63);
    }

    /** i32.lt_s */
    public static int i32LtS(int a, int b) {
        return (int) (((long) a - b) >>> 63);
    }

    /** i32.le_s */
    public static int i32LeS(int a, int b) {
        return (int) (~((long) b - a) >>> 63);
    }

    /** i32.gt_s */
    public static int i32GtS(int a, int b) {
        return (int) (((long) b - a) >>> 63);
    }

    /** i32.ge_s */
    public static int i32GeS(int a, int b) {
        return (int) (~((long) a - b) >>> 63);
    }

    /** i32.lt_u */
    public static int i32LtU(int a, int b) {
        return (int) (((a & 0xFFFFFFFFL) - (b & 0xFFFFFFFFL)) >>> 63);
    }

    /** i32.le_u */
    public static int i32LeU(int a, int b) {
        return (int) (~((b & 0xFFFFFFFFL) - (a & 0xFFFFFFFFL)) >>> 63);
    }

    /** i32.gt_u */
    public static int i32GtU(int a, int b) {
        return (int) (((b & 0xFFFFFFFFL) - (a & 0xFFFFFFFFL)) >>> 63);
    }

    /** i32.ge_u */
    public static int i32GeU(int a, int b) {
        return (int) (~((a & 0xFFFFFFFFL) - (b & 0xFFFFFFFFL)) >>> 63);
    }

    /** i64.eqz */
    public static int i64Eqz(long a) {
        return (int) (~(a | -a) >>> 63);
    }

    /** i64.eq */
    public static int i64Eq(long a, long b) {
        return i64Eqz(a ^ b);
    }

    /** i64.ne */
    public static int i64Ne(long a, long b) {
        return i64Eqz(a ^ b) ^ 1;
    }

    /** i64.lt_s */
    public static int i64LtS(long a, long b) {
        return (int) (((a & ~b) | (~(a ^ b) & (a - b))) >>> 63);
    }

    /** i64.le_s */
    public static int i64LeS(long a, long b) {
        return i64LtS(b, a) ^ 1;
    }

    /** i64.gt_s */
    public static int i64GtS(long a, long b) {
        return i64LtS(b, a);
    }

    /** i64.ge_s */
    public static int i64GeS(long a, long b) {
        return i64LtS(a, b) ^ 1;
    }

    /** i64.lt_u */
    public static int i64LtU(long a, long b) {
        return (int) (((~a & b) | (~(a ^ b) & (a - b))) >>> 63);
    }

    /** i64.le_u */
    public static int i64LeU(long a, long b) {
        return i64LtU(b, a) ^ 1;
    }

    /** i64.gt_u */
    public static int i64GtU(long a, long b) {
        return i64LtU(b, a);
    }

    /** i64.ge_u */
    public static int i64GeU(long a, long b) {
        return i64LtU(a, b) ^ 1;
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
