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

    private int operands() {
        return constant == null ? 2 : 1;
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
        code.pop(operands());
        if (!unsigned || relation == Relation.EQ || relation == Relation.NE) {
            if (constant != null && constant.intValue() == 0) {
                code.jump(relation.ifZero(), target);
            } else {
                pushConstant(code);
                code.jump(relation.ifInts(), target);
            }
            return;
        }
        code.constant(Integer.MIN_VALUE);
        if (constant != null) {
            // HotSpot recognises x + MIN_VALUE < y + MIN_VALUE as one unsigned comparison.
            code.op(Opcodes.IADD);
            code.constant(constant.intValue() + Integer.MIN_VALUE);
            code.jump(relation.ifInts(), target);
        } else {
            // It must not recognise it here: it would merge it with a signed comparison of the same
            // operands into a wrong one (RATIONALE.md, "Why are unsigned comparisons …").
            code.op(Opcodes.IXOR);
            code.op(Opcodes.SWAP);
            code.constant(Integer.MIN_VALUE);
            code.op(Opcodes.IXOR);
            code.jump(relation.swapped().ifInts(), target);
        }
    }

    private void jumpLongs(Code code, Label target) {
        code.pop(operands());
        if (!unsigned || relation == Relation.EQ || relation == Relation.NE) {
            pushConstant(code);
            code.op(Opcodes.LCMP);
            code.jump(relation.ifZero(), target);
            return;
        }
        code.constant('J', Long.MIN_VALUE);
        if (constant != null) {
            code.op(Opcodes.LADD);
            code.constant('J', constant + Long.MIN_VALUE);
            code.op(Opcodes.LCMP);
            code.jump(relation.ifZero(), target);
        } else {
            code.op(Opcodes.LXOR);
            code.op(Opcodes.DUP2_X2);
            code.op(Opcodes.POP2);
            code.constant('J', Long.MIN_VALUE);
            code.op(Opcodes.LXOR);
            code.op(Opcodes.LCMP);
            code.jump(relation.swapped().ifZero(), target);
        }
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
            boolean ordered = relation != Relation.EQ && relation != Relation.NE;
            String sign = integer && ordered ? unsigned ? "U" : "S" : "";
            code.invokeStatic(
                    COMPARES,
                    prefix + (not ? "Not" : "") + relation.title() + sign,
                    "(" + type + type + ")I");
        }
        code.pop(operands());
        code.push('I');
    }
}
