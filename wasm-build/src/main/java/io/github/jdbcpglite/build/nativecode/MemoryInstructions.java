package io.github.jdbcpglite.build.nativecode;

import io.github.jdbcpglite.build.wasm.Instruction;
import io.github.jdbcpglite.build.wasm.Opcodes;
import io.github.jdbcpglite.build.wasm.ValType;
import java.util.List;

/** Instructions of memory and of the table: macros and functions of operations.h. */
final class MemoryInstructions {
    /** Loads and stores by opcode, from 0x28. */
    private static final List<String> ACCESSES =
            List.of(
                    "i32_load",
                    "i64_load",
                    "f32_load",
                    "f64_load",
                    "i32_load8_s",
                    "i32_load8_u",
                    "i32_load16_s",
                    "i32_load16_u",
                    "i64_load8_s",
                    "i64_load8_u",
                    "i64_load16_s",
                    "i64_load16_u",
                    "i64_load32_s",
                    "i64_load32_u",
                    "i32_store",
                    "i64_store",
                    "f32_store",
                    "f64_store",
                    "i32_store8",
                    "i32_store16",
                    "i64_store8",
                    "i64_store16",
                    "i64_store32");

    private final ModuleModel model;
    private final OperandStack operands;
    private final CWriter out;

    MemoryInstructions(ModuleModel model, OperandStack operands, CWriter out) {
        this.model = model;
        this.operands = operands;
        this.out = out;
    }

    /** Translates an instruction if it is one of these. */
    boolean translate(Instruction instruction) {
        if (Opcodes.hasMemArg(instruction.op())) {
            access(instruction);
            return true;
        }
        switch (instruction.op()) {
            case Opcodes.MEMORY_SIZE -> operands.push(ValType.I32, "memory_size(c)");
            case Opcodes.MEMORY_GROW ->
                    operands.push(ValType.I32, "grow_memory(c, " + operands.pop() + ")");
            case Opcodes.MEMORY_COPY -> call("memory_copy", "");
            case Opcodes.MEMORY_FILL -> call("memory_fill", "");
            case Opcodes.MEMORY_INIT -> init(instruction.index());
            case Opcodes.DATA_DROP -> drop(instruction.index());
            default -> {
                return table(instruction);
            }
        }
        return true;
    }

    private void access(Instruction instruction) {
        int op = instruction.op();
        String name = ACCESSES.get(op - Opcodes.I32_LOAD);
        String offset = ", " + Long.toUnsignedString(instruction.immediate() & 0xFFFFFFFFL) + "u";
        if (Opcodes.pushes(op) == 0) {
            List<String> values = operands.pop(2);
            out.line(name + "(" + values.get(0) + offset + ", " + values.get(1) + ");");
        } else {
            operands.push(resultType(name), name + "(" + operands.pop() + offset + ")");
        }
    }

    private static ValType resultType(String access) {
        return switch (access.substring(0, 3)) {
            case "i32" -> ValType.I32;
            case "i64" -> ValType.I64;
            case "f32" -> ValType.F32;
            default -> ValType.F64;
        };
    }

    private boolean table(Instruction instruction) {
        switch (instruction.op()) {
            case Opcodes.TABLE_COPY -> {
                firstTable(instruction.index());
                firstTable(instruction.extra());
                call("table_copy", "");
            }
            case Opcodes.TABLE_INIT -> {
                firstTable(instruction.extra());
                int segment = instruction.index();
                int size = model.segments().elements().get(segment).size();
                String name = size == 0 ? "0" : model.symbol("elements") + "_" + segment;
                call("table_init", ", " + name + ", " + segmentSize(elementFlag(segment), size));
            }
            case Opcodes.ELEM_DROP -> {
                if (!model.segments().elements().get(instruction.index()).isEmpty()) {
                    out.line("DROPPED(" + elementFlag(instruction.index()) + ") = 1;");
                }
            }
            case Opcodes.TABLE_SIZE -> {
                firstTable(instruction.index());
                operands.push(ValType.I32, "c->table_size");
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Refuses an instruction of another table than the one that contexts have. */
    static void firstTable(int table) {
        if (table != 0) {
            throw new TranslationException(
                    "instructions of table " + table + " are not translated");
        }
    }

    private void init(int segment) {
        int size = model.segments().data().get(segment).length;
        String name = size == 0 ? "0" : model.symbol("data") + "_" + segment;
        call("memory_init", ", " + name + ", " + segmentSize(segment, size));
    }

    private void drop(int segment) {
        if (model.segments().data().get(segment).length > 0) {
            out.line("DROPPED(" + segment + ") = 1;");
        }
    }

    /** Returns the expression of a segment's size, which is 0 once it is dropped. */
    private static String segmentSize(int flag, int size) {
        return size == 0 ? "0" : "DROPPED(" + flag + ") ? 0 : " + size + "u";
    }

    private int elementFlag(int segment) {
        return model.segments().data().size() + segment;
    }

    private void call(String function, String more) {
        out.line(function + "(c, " + String.join(", ", operands.pop(3)) + more + ");");
    }
}
