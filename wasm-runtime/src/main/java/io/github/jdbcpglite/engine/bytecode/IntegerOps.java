package io.github.jdbcpglite.engine.bytecode;

/** Integer instructions that the JVM's own instructions do not cover exactly. */
public final class IntegerOps {
    private IntegerOps() {}

    /** i32.div_s */
    public static int i32DivS(int a, int b) {
        if (b == 0) {
            throw Traps.divideByZero();
        }
        if (b == -1 && a == Integer.MIN_VALUE) {
            throw Traps.integerOverflow();
        }
        return a / b;
    }

    /** i32.div_u */
    public static int i32DivU(int a, int b) {
        if (b == 0) {
            throw Traps.divideByZero();
        }
        return Integer.divideUnsigned(a, b);
    }

    /** i32.rem_s */
    public static int i32RemS(int a, int b) {
        if (b == 0) {
            throw Traps.divideByZero();
        }
        return a % b;
    }

    /** i32.rem_u */
    public static int i32RemU(int a, int b) {
        if (b == 0) {
            throw Traps.divideByZero();
        }
        return Integer.remainderUnsigned(a, b);
    }

    /** i64.div_s */
    public static long i64DivS(long a, long b) {
        if (b == 0) {
            throw Traps.divideByZero();
        }
        if (b == -1 && a == Long.MIN_VALUE) {
            throw Traps.integerOverflow();
        }
        return a / b;
    }

    /** i64.div_u */
    public static long i64DivU(long a, long b) {
        if (b == 0) {
            throw Traps.divideByZero();
        }
        return Long.divideUnsigned(a, b);
    }

    /** i64.rem_s */
    public static long i64RemS(long a, long b) {
        if (b == 0) {
            throw Traps.divideByZero();
        }
        return a % b;
    }

    /** i64.rem_u */
    public static long i64RemU(long a, long b) {
        if (b == 0) {
            throw Traps.divideByZero();
        }
        return Long.remainderUnsigned(a, b);
    }
}
