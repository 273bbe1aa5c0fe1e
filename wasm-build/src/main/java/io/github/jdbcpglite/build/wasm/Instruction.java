package io.github.jdbcpglite.build.wasm;

import java.util.List;

/**
 * One decoded instruction.
 *
 * @param op the opcode, see {@link Opcodes}
 * @param immediate the immediate: an index, a label's depth, a constant (for floats their bits), a
 *     memory offset, or the block type as the binary format's signed number; 0 if there is none
 * @param extra the second immediate: the alignment of a memory access, the table of {@code
 *     call_indirect}, or the second index of bulk operations; 0 if there is none
 * @param labels for {@code br_table} the depths, the default last; for a typed {@code select} the
 *     codes of its types; else empty
 */
public record Instruction(int op, long immediate, int extra, List<Integer> labels) {
    /** Makes an instruction without immediates. */
    public static Instruction of(int op) {
        return new Instruction(op, 0, 0, List.of());
    }

    /** Makes an instruction with one immediate. */
    public static Instruction of(int op, long immediate) {
        return new Instruction(op, immediate, 0, List.of());
    }

    /** Makes a {@code br_table}; the default label comes last. */
    public static Instruction brTable(List<Integer> labels) {
        return new Instruction(Opcodes.BR_TABLE, 0, 0, List.copyOf(labels));
    }

    /** Returns the immediate as an index, a depth or a 32-bit constant. */
    public int index() {
        return (int) immediate;
    }

    /** Appends the encoded instruction. */
    public void write(ByteWriter out) {
        if (op >= 0xFC00) {
            out.u8(Opcodes.PREFIX_FC).u32(op & 0xFF);
        } else {
            out.u8(op);
        }
        if (Opcodes.hasMemArg(op)) {
            out.u32(extra).u64(immediate);
            return;
        }
        switch (op) {
            case Opcodes.BLOCK, Opcodes.LOOP, Opcodes.IF, Opcodes.I32_CONST, Opcodes.I64_CONST ->
                    out.s64(immediate);
            case Opcodes.BR_TABLE -> {
                out.u32(labels.size() - 1);
                labels.forEach(out::u32);
            }
            case Opcodes.SELECT_T -> {
                out.u32(labels.size());
                labels.forEach(out::u8);
            }
            case Opcodes.F32_CONST -> out.fixed32((int) immediate);
            case Opcodes.F64_CONST -> out.fixed64(immediate);
            default -> {
                for (int i = 0; i < indexCount(op); i++) {
                    out.u32(i == 0 ? (int) immediate : extra);
                }
            }
        }
    }

    /** Returns how many unsigned 32-bit immediates an opcode without a case of its own has. */
    static int indexCount(int op) {
        return switch (op) {
            case Opcodes.BR,
                    Opcodes.BR_IF,
                    Opcodes.CALL,
                    Opcodes.LOCAL_GET,
                    Opcodes.LOCAL_SET,
                    Opcodes.LOCAL_TEE,
                    Opcodes.GLOBAL_GET,
                    Opcodes.GLOBAL_SET,
                    Opcodes.TABLE_GET,
                    Opcodes.TABLE_SET,
                    Opcodes.MEMORY_SIZE,
                    Opcodes.MEMORY_GROW,
                    Opcodes.REF_NULL,
                    Opcodes.REF_FUNC,
                    Opcodes.DATA_DROP,
                    Opcodes.MEMORY_FILL,
                    Opcodes.ELEM_DROP,
                    Opcodes.TABLE_GROW,
                    Opcodes.TABLE_SIZE,
                    Opcodes.TABLE_FILL ->
                    1;
            case Opcodes.CALL_INDIRECT,
                    Opcodes.MEMORY_INIT,
                    Opcodes.MEMORY_COPY,
                    Opcodes.TABLE_INIT,
                    Opcodes.TABLE_COPY ->
                    2;
            default -> 0;
        };
    }
}
