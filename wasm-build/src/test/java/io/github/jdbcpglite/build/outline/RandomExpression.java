package io.github.jdbcpglite.build.outline;

import static java.util.Objects.requireNonNull;

import io.github.jdbcpglite.build.wasm.Opcodes;
import io.github.jdbcpglite.build.wasm.ValType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Writes random expressions. Bits of a NaN can never be seen: nothing reinterprets, stores or
 * copies the sign of a float.
 */
final class RandomExpression {
    private static final int DEPTH_MAX = 3;
    private static final Map<ValType, int[]> BINARY = new EnumMap<>(ValType.class);
    private static final Map<ValType, int[][]> CONVERSIONS = new EnumMap<>(ValType.class);

    static {
        // Among them the divisions, which trap.
        BINARY.put(ValType.I32, new int[] {0x6A, 0x6B, 0x6C, 0x6D, 0x70, 0x71, 0x73, 0x74, 0x77});
        BINARY.put(ValType.I64, new int[] {0x7C, 0x7D, 0x7E, 0x7F, 0x82, 0x83, 0x85, 0x86, 0x88});
        BINARY.put(ValType.F32, new int[] {0x92, 0x93, 0x94, 0x95, 0x96});
        BINARY.put(ValType.F64, new int[] {0xA0, 0xA1, 0xA2, 0xA3, 0xA4});
        // Pairs of an opcode and the ordinal of its operand's type.
        CONVERSIONS.put(
                ValType.I32, new int[][] {{0xA7, 1}, {0x45, 0}, {0x67, 0}, {0xFC02, 3}, {0xC0, 0}});
        CONVERSIONS.put(ValType.I64, new int[][] {{0xAC, 0}, {0xAD, 0}, {0xFC06, 3}, {0x7B, 1}});
        CONVERSIONS.put(ValType.F32, new int[][] {{0xB2, 0}, {0xB6, 3}, {0x8B, 2}});
        CONVERSIONS.put(ValType.F64, new int[][] {{0xB7, 0}, {0xB9, 1}, {0xBB, 2}, {0x9F, 3}});
    }

    private final Random random;
    private final Code code;
    private final List<ValType> locals;
    private final Consumer<ValType> block;

    RandomExpression(Random random, Code code, List<ValType> locals, Consumer<ValType> block) {
        this.random = random;
        this.code = code;
        this.locals = locals;
        this.block = block;
    }

    /** Writes an expression of a type. */
    void write(ValType type, int depth) {
        if (depth >= DEPTH_MAX) {
            leaf(type);
            return;
        }
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> leaf(type);
            case 4, 5, 6 -> {
                write(type, depth + 1);
                write(type, depth + 1);
                int[] ops = requireNonNull(BINARY.get(type));
                code.op(ops[random.nextInt(ops.length)]);
            }
            case 7, 8 -> {
                int[][] conversions = requireNonNull(CONVERSIONS.get(type));
                int[] conversion = conversions[random.nextInt(conversions.length)];
                write(ValType.values()[conversion[1]], depth + 1);
                code.op(conversion[0]);
            }
            case 9 -> {
                write(type, depth + 1);
                write(type, depth + 1);
                write(ValType.I32, depth + 1);
                code.op(Opcodes.SELECT);
            }
            case 10 -> tee(type, depth);
            default -> block.accept(type);
        }
    }

    /** Writes a local, global, load or constant. */
    void leaf(ValType type) {
        int local = local(type);
        switch (random.nextInt(5)) {
            case 0 -> constant(type);
            case 1 -> code.op(Opcodes.GLOBAL_GET, 1 + type.ordinal());
            case 2 -> {
                address();
                code.memory(Opcodes.I32_LOAD + type.ordinal(), random.nextInt(64));
            }
            default -> {
                if (local < 0) {
                    constant(type);
                } else {
                    code.get(local);
                }
            }
        }
    }

    /** Writes a small number, often used as a condition. */
    void condition() {
        write(ValType.I32, 1);
        code.i32(random.nextInt(3) == 0 ? -1 : 7).op(Opcodes.I32_AND);
    }

    /** Writes an address that is nearly always inside the memory. */
    void address() {
        write(ValType.I32, 2);
        if (random.nextInt(20) != 0) {
            code.i32(0xFFF).op(Opcodes.I32_AND);
        }
    }

    private void tee(ValType type, int depth) {
        write(type, depth + 1);
        int local = local(type);
        if (local >= 0) {
            code.op(Opcodes.LOCAL_TEE, local);
        }
    }

    /** Returns a random local of a type, or −1. */
    private int local(ValType type) {
        for (int tries = 0; tries < 4 && !locals.isEmpty(); tries++) {
            int local = random.nextInt(locals.size());
            if (locals.get(local) == type) {
                return local;
            }
        }
        return -1;
    }

    private void constant(ValType type) {
        int small = random.nextInt(20) - 5;
        switch (type) {
            case I32 -> code.i32(random.nextInt(4) == 0 ? random.nextInt() : small);
            case I64 -> code.i64(random.nextInt(4) == 0 ? random.nextLong() : small);
            case F32 -> code.op(Opcodes.F32_CONST, Float.floatToIntBits(small / 4f));
            default -> code.op(Opcodes.F64_CONST, Double.doubleToLongBits(small / 4d));
        }
    }
}
