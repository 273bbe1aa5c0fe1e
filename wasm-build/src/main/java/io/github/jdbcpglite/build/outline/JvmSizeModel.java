package io.github.jdbcpglite.build.outline;

import io.github.jdbcpglite.build.wasm.Instruction;
import io.github.jdbcpglite.build.wasm.Opcodes;
import java.util.List;

/**
 * Estimates how many bytes of JVM code a translation needs. The weights are those of a plain
 * instruction-by-instruction translation to static methods that take the instance's state as last
 * parameter, with memory accessed through calls; they err on the large side. See chapters 4.7.3 and
 * 6 of the Java Virtual Machine specification for the sizes of instructions.
 */
final class JvmSizeModel {
    /** A call: push the state, invoke. */
    static final int CALL = 6;

    /** Reading or writing a field of the state. */
    static final int FIELD = 6;

    /** A conditional or unconditional jump. */
    static final int JUMP = 3;

    /** A {@code tableswitch} without entries: opcode, padding, default and bounds. */
    static final int SWITCH = 16;

    /** One entry of a {@code tableswitch}. */
    static final int SWITCH_ENTRY = 4;

    /** Slots of a method's parameters and results that fit short instructions. */
    private static final int SHORT_LOCAL_MAX = 255;

    private static final int COMPARISON = 8;

    /** An ordered comparison of two integers, which are raised to other longs first. */
    private static final int ORDERED = 13;

    private JvmSizeModel() {}

    /** Estimates a list of nodes with everything inside. */
    static int of(List<Node> nodes) {
        int size = 0;
        for (Node node : nodes) {
            size += of(node);
        }
        return size;
    }

    /** Estimates one node with everything inside. */
    static int of(Node node) {
        if (node instanceof Node.Plain plain) {
            return plain(plain.instruction());
        }
        if (node instanceof Node.Branch branch) {
            return branch.op() == Opcodes.BR_TABLE
                    ? SWITCH + SWITCH_ENTRY * branch.targets().size()
                    : 2 * JUMP - (branch.op() == Opcodes.BR ? JUMP : 0);
        }
        Node.Block block = (Node.Block) node;
        int size = own(block);
        for (List<Node> part : block.parts()) {
            size += of(part);
        }
        return size;
    }

    /** Estimates a block without its content. */
    static int own(Node.Block block) {
        return block.op() == Opcodes.IF ? 2 * JUMP : 0;
    }

    /** Estimates pushing or popping a local. */
    static int local(int index) {
        if (index > SHORT_LOCAL_MAX) {
            return 4;
        }
        return index > 3 ? 2 : 1;
    }

    private static int plain(Instruction instruction) {
        int op = instruction.op();
        if (Opcodes.hasMemArg(op)) {
            return CALL + constant(instruction.immediate());
        }
        if (op >= Opcodes.I32_EQZ && op <= 0x66) {
            return comparison(op);
        }
        return switch (op) {
            case Opcodes.NOP -> 0;
            case Opcodes.UNREACHABLE -> CALL;
            case Opcodes.LOCAL_GET, Opcodes.LOCAL_SET -> local(instruction.index());
            case Opcodes.LOCAL_TEE -> 1 + local(instruction.index());
            case Opcodes.I32_CONST, Opcodes.F32_CONST -> constant(instruction.immediate());
            case Opcodes.I64_CONST, Opcodes.F64_CONST -> 3;
            case Opcodes.GLOBAL_GET -> FIELD;
            case Opcodes.GLOBAL_SET, Opcodes.CALL -> CALL;
            case Opcodes.CALL_INDIRECT -> CALL + 4;
            case Opcodes.SELECT, Opcodes.SELECT_T -> 10;
            case Opcodes.MEMORY_SIZE, Opcodes.MEMORY_GROW -> CALL;
            default -> op >= 0xFC00 ? CALL : numeric(op);
        };
    }

    private static int comparison(int op) {
        boolean ints = op >= Opcodes.I32_LT_S && op <= Opcodes.I32_GE_U;
        boolean longs = op >= Opcodes.I64_LT_S && op <= Opcodes.I64_GE_U;
        return ints || longs ? ORDERED : COMPARISON;
    }

    private static int numeric(int op) {
        boolean isArithmetic = op >= Opcodes.I32_ADD && op <= 0x78 || op >= 0x7C && op <= 0xA6;
        return isArithmetic ? 2 : 4;
    }

    private static int constant(long value) {
        if (value >= -1 && value <= 5) {
            return 1;
        }
        if (value == (byte) value) {
            return 2;
        }
        return 3;
    }
}
