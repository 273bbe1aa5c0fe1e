package io.github.jdbcpglite.build.wasm;

import java.util.ArrayList;
import java.util.List;

/** Turns encoded instructions into {@link Instruction}s and back. */
public final class InstructionDecoder {
    private InstructionDecoder() {}

    /**
     * Decodes all instructions.
     *
     * @param code encoded instructions, for instance {@link FunctionBody#code()}
     * @return a new, mutable list; decoding and encoding it gives the same instructions
     * @throws WasmFormatException for an unknown opcode or truncated code
     */
    public static List<Instruction> decode(byte[] code) {
        ByteReader in = new ByteReader(code);
        List<Instruction> instructions = new ArrayList<>(code.length / 2);
        while (in.hasRemaining()) {
            instructions.add(next(in));
        }
        return instructions;
    }

    /** Encodes instructions with the shortest numbers. */
    public static byte[] encode(List<Instruction> instructions) {
        ByteWriter out = new ByteWriter();
        for (Instruction instruction : instructions) {
            instruction.write(out);
        }
        return out.toBytes();
    }

    /** Reads one instruction. */
    static Instruction next(ByteReader in) {
        int at = in.position();
        int op = in.u8();
        if (op == Opcodes.PREFIX_FC) {
            int sub = in.u32();
            op = sub >= 0 && sub <= 0xFF ? 0xFC00 | sub : 0xFFFF;
        }
        if (!Opcodes.isKnown(op)) {
            throw new WasmFormatException(
                    "unsupported opcode 0x" + Integer.toHexString(op) + " at offset " + at);
        }
        if (Opcodes.hasMemArg(op)) {
            int align = in.u32();
            return new Instruction(op, in.u64(), align, List.of());
        }
        return switch (op) {
            case Opcodes.BLOCK, Opcodes.LOOP, Opcodes.IF -> Instruction.of(op, in.s33());
            case Opcodes.I32_CONST -> Instruction.of(op, in.s32());
            case Opcodes.I64_CONST -> Instruction.of(op, in.s64());
            case Opcodes.F32_CONST -> Instruction.of(op, in.fixed32());
            case Opcodes.F64_CONST -> Instruction.of(op, in.fixed64());
            case Opcodes.BR_TABLE -> Instruction.brTable(numbers(in, in.u32() + 1));
            case Opcodes.SELECT_T -> new Instruction(op, 0, 0, numbers(in, in.u32()));
            default -> indexes(op, in);
        };
    }

    /** Moves behind the {@code end} of a constant expression. */
    static void skipExpression(ByteReader in) {
        while (next(in).op() != Opcodes.END) {
            // Constant expressions hold no blocks, so the first end is the last instruction.
        }
    }

    /**
     * Reads a constant expression.
     *
     * @return its instructions, {@code end} included
     */
    public static List<Instruction> readExpression(ByteReader in) {
        List<Instruction> instructions = new ArrayList<>();
        Instruction instruction;
        do {
            instruction = next(in);
            instructions.add(instruction);
        } while (instruction.op() != Opcodes.END);
        return instructions;
    }

    private static Instruction indexes(int op, ByteReader in) {
        int count = Instruction.indexCount(op);
        int first = count > 0 ? in.u32() : 0;
        int second = count > 1 ? in.u32() : 0;
        return new Instruction(op, first, second, List.of());
    }

    private static List<Integer> numbers(ByteReader in, int count) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(in.u32());
        }
        return List.copyOf(numbers);
    }
}
