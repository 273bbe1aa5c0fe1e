package io.github.jdbcpglite.build.codegen;

import org.jspecify.annotations.Nullable;

/**
 * The top of the wasm operand stack where it is not yet code: a constant or a comparison that the
 * next instruction may absorb.
 */
final class Operands {
    private final Code code;
    private boolean constantPending;
    private char constantType;
    private long constantBits;
    private @Nullable Condition condition;

    Operands(Code code) {
        this.code = code;
    }

    /** Emits what is pending, so that every operand is on the JVM's stack. */
    void flush() {
        if (constantPending) {
            constantPending = false;
            code.constant(constantType, constantBits);
            code.push(constantType);
        } else if (condition != null) {
            Condition pending = condition;
            condition = null;
            pending.materialize(code);
        }
    }

    void pushConstant(char type, long bits) {
        flush();
        constantPending = true;
        constantType = type;
        constantBits = bits;
    }

    /** Returns whether a constant is pending. */
    boolean hasConstant() {
        return constantPending;
    }

    /** Returns the pending constant's bits. */
    long constant() {
        return constantBits;
    }

    /** Takes the pending constant, which the caller then stands in for. */
    long takeConstant() {
        constantPending = false;
        return constantBits;
    }

    /** Compares two operands; a constant on the right stays out of the code. */
    void compare(Condition comparison) {
        Long constant = constantPending ? Long.valueOf(takeConstant()) : null;
        flush();
        condition =
                new Condition(
                        comparison.type(),
                        comparison.relation(),
                        comparison.unsigned(),
                        false,
                        constant);
    }

    /** Compares the operand with zero. */
    void compareWithZero(char type) {
        if (type == 'I' && condition != null) {
            condition = condition.inverse();
        } else {
            flush();
            condition = Condition.zero(type);
        }
    }

    /** Takes the truth value on top as a condition to jump on. */
    Condition takeCondition() {
        if (condition != null) {
            Condition pending = condition;
            condition = null;
            return pending;
        }
        flush();
        return Condition.nonZero();
    }

    /** Forgets what is pending. */
    boolean dropConstant() {
        boolean dropped = constantPending;
        constantPending = false;
        return dropped;
    }
}
