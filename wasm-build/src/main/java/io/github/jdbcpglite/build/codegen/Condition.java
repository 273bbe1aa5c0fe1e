package io.github.jdbcpglite.build.codegen;

import static io.github.jdbcpglite.build.codegen.ModuleModel.ENGINE;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * A comparison whose operands are on the stack and whose outcome is not yet a number, so that a
 * jump can use it directly.
 *
 * <p>An ordered comparison never reaches C2 as one of two ints: C2 merges two of those into one and
 * may then leave the compiled code with the outcome of the wrong one (JDK-8376400; RATIONALE.md,
 * "Why is an ordered comparison never one of two ints?"). Both sides are raised to longs by an
 * operation that keeps their order and that C2 does not take back. {@link FoldableCompares} checks
 * the classes.
 *
 * @param type JVM type of the operands
 * @param relation the relation that must hold
 * @param unsigned whether integers are compared as unsigned
 * @param not whether the outcome is inverted; only for floats, where a NaN keeps the opposite
 *     relation from being the inverse
 * @param constant the right operand's bits if it is a constant, which is then not on the stack
 */
record Condition(
        char type, Relation relation, boolean unsigned, boolean not, @Nullable Long constant) {
    private static final String COMPARES = ENGINE + "Compares";

    /**
     * What is added to an int that has become a long. Without it C2 narrows the comparison with a
     * constant again; it is odd enough to cancel with nothing that the guest adds, and small enough
     * for an immediate operand.
     */
    private static final long OFFSET = 0x3C6EF35FL;

    /** Turns the sign of an int that has become a long. */
    private static final long INT_SIGN = Integer.MIN_VALUE;

    /** A relation; {@code ifOpcode} jumps if it holds between an int and zero. */
    enum Relation {
        EQ(Opcodes.IFEQ),
        NE(Opcodes.IFNE),
        LT(Opcodes.IFLT),
        GE(Opcodes.IFGE),
        GT(Opcodes.IFGT),
        LE(Opcodes.IFLE);

        private final int ifOpcode;

        Relation(int ifOpcode) {
            this.ifOpcode = ifOpcode;
        }

        /** The JVM numbers each relation next to its inverse. */
        Relation inverse() {
            return values()[ordinal() ^ 1];
        }

        /** Returns the relation that holds with the operands exchanged. */
        Relation swapped() {
            return switch (this) {
                case EQ, NE -> this;
                case LT -> GT;
                case GT -> LT;
                case LE -> GE;
                case GE -> LE;
            };
        }

        int ifZero() {
            return ifOpcode;
        }

        int ifInts() {
            return ifOpcode + (Opcodes.IF_ICMPEQ - Opcodes.IFEQ);
        }

        String title() {
            return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
        }
    }

    /** The condition that the int on the stack is not zero. */
    static Condition nonZero() {
        return new Condition('I', Relation.NE, false, false, 0L);
    }

    /** The condition that the number on the stack is zero. */
    static Condition zero(char type) {
        return new Condition(type, Relation.EQ, false, false, 0L);
    }

    Condition inverse() {
        if (type == 'F' || type == 'D') {
            return new Condition(type, relation, unsigned, !not, constant);
        }
        return new Condition(type, relation.inverse(), unsigned, false, constant);
    }

    /** Returns how many operands are on the stack. */
    int operands() {
        return constant == null ? 2 : 1;
    }

    private boolean ordered() {
        return relation != Relation.EQ && relation != Relation.NE;
    }

    /** Emits a jump that is taken if the condition holds. */
    void jump(Code code, Label target) {
        Relation wanted = not ? relation.inverse() : relation;
        switch (type) {
            case 'I' -> jumpInts(code, target);
            case 'J' -> jumpLongs(code, target);
            default -> {
                pushConstant(code);
                boolean less = relation == Relation.LT || relation == Relation.LE;
                int forFloat = less ? Opcodes.FCMPG : Opcodes.FCMPL;
                code.op(type == 'F' ? forFloat : forFloat + 2);
                code.pop(operands());
                code.jump(wanted.ifZero(), target);
            }
        }
    }

    private void pushConstant(Code code) {
        if (constant != null) {
            code.constant(type, constant);
        }
    }

    private void jumpInts(Code code, Label target) {
        if (ordered()) {
            jumpOrdered(code, target);
        } else if (constant != null && constant.intValue() == 0) {
            code.pop(1);
            code.jump(relation.ifZero(), target);
        } else {
            pushConstant(code);
            code.pop(operands());
            code.jump(relation.ifInts(), target);
        }
    }

    private void jumpLongs(Code code, Label target) {
        // C2 narrows a comparison with a constant that is an int, as it may become one by inlining.
        boolean wide = constant != null && constant != constant.intValue();
        if (ordered() && (unsigned || !wide)) {
            jumpOrdered(code, target);
        } else {
            pushConstant(code);
            code.pop(operands());
            code.op(Opcodes.LCMP);
            code.jump(relation.ifZero(), target);
        }
    }

    private void jumpOrdered(Code code, Label target) {
        code.pop(operands());
        if (type == 'J' && !unsigned) {
            pushConstant(code);
            // What is added is 0, which C2 does not know: so it is no constant that is compared
            // with.
            code.field(Opcodes.GETSTATIC, COMPARES, "zero", "J");
            code.op(Opcodes.LADD);
            code.op(Opcodes.LCMP);
            code.jump(relation.ifZero(), target);
            return;
        }
        raise(code);
        if (constant != null) {
            code.constant('J', raised(constant));
            code.op(Opcodes.LCMP);
            code.jump(relation.ifZero(), target);
        } else {
            // The other operand comes to the top; now the first is compared with the second.
            code.op(type == 'I' ? Opcodes.DUP2_X1 : Opcodes.DUP2_X2);
            code.op(Opcodes.POP2);
            raise(code);
            code.op(Opcodes.LCMP);
            code.jump(relation.swapped().ifZero(), target);
        }
    }

    /** Replaces the integer on the stack by a long in the same order, signed. */
    private void raise(Code code) {
        if (type == 'I') {
            raiseInt(code, unsigned);
        } else {
            code.constant('J', Long.MIN_VALUE);
            code.op(Opcodes.LXOR);
        }
    }

    private static void raiseInt(Code code, boolean unsigned) {
        code.op(Opcodes.I2L);
        code.constant('J', unsigned ? INT_SIGN : OFFSET);
        code.op(unsigned ? Opcodes.LXOR : Opcodes.LADD);
    }

    /** Replaces the int on the stack by a long whose signed order is the unsigned order of ints. */
    static void raiseUnsigned(Code code) {
        raiseInt(code, true);
    }

    /** Returns what {@link #raiseUnsigned} makes of a number. */
    static long raisedUnsigned(int value) {
        return value ^ INT_SIGN;
    }

    private long raised(long value) {
        if (type == 'I') {
            return unsigned ? raisedUnsigned((int) value) : (int) value + OFFSET;
        }
        return value ^ Long.MIN_VALUE;
    }

    /** Replaces the operands by 1 if the condition holds, else 0. */
    void materialize(Code code) {
        String prefix =
                switch (type) {
                    case 'I' -> "i32";
                    case 'J' -> "i64";
                    case 'F' -> "f32";
                    default -> "f64";
                };
        boolean integer = type == 'I' || type == 'J';
        if (integer && relation == Relation.EQ && constant != null && constant == 0) {
            code.invokeStatic(COMPARES, prefix + "Eqz", "(" + type + ")I");
        } else {
            pushConstant(code);
            String sign = integer && ordered() ? unsigned ? "U" : "S" : "";
            code.invokeStatic(
                    COMPARES,
                    prefix + (not ? "Not" : "") + relation.title() + sign,
                    "(" + type + type + ")I");
        }
        code.pop(operands());
        code.push('I');
    }
}
