package io.github.jdbcpglite.build.codegen;

import static io.github.jdbcpglite.build.codegen.ModuleModel.ENGINE;
import static io.github.jdbcpglite.build.codegen.ModuleModel.EXECUTION_CONTEXT;
import static java.util.Objects.requireNonNull;

import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import java.util.EnumMap;
import java.util.Map;
import org.objectweb.asm.Opcodes;

/** Loads, stores and the bulk instructions of memories and tables. */
final class MemoryEmitter {
    private static final String MEMORY = "io/github/jdbcpglite/engine/bytecode/memory/";
    private static final String LOADS = MEMORY + "MemoryLoads";
    private static final String STORES = MEMORY + "MemoryStores";
    private static final String VIEW = "L" + MEMORY + "MemoryView;";
    private static final String CONTEXT = "L" + EXECUTION_CONTEXT + ";";
    private static final String MEMORY_OPS = ENGINE + "MemoryOps";
    private static final String TABLE_OPS = ENGINE + "TableOps";
    private static final int NONE = Opcodes.NOP;

    /** A load or store: its method, the method's type for the value, a conversion or NOP. */
    private record Access(String method, char type, int conversion) {}

    private final Map<OpCode, Access> loads = new EnumMap<>(OpCode.class);
    private final Map<OpCode, Access> stores = new EnumMap<>(OpCode.class);
    private final ModuleModel model;

    MemoryEmitter(ModuleModel model) {
        this.model = model;
        loads.put(OpCode.I32_LOAD, new Access("i32Load", 'I', NONE));
        loads.put(OpCode.I32_LOAD8_S, new Access("i32Load8S", 'I', NONE));
        loads.put(OpCode.I32_LOAD8_U, new Access("i32Load8U", 'I', NONE));
        loads.put(OpCode.I32_LOAD16_S, new Access("i32Load16S", 'I', NONE));
        loads.put(OpCode.I32_LOAD16_U, new Access("i32Load16U", 'I', NONE));
        loads.put(OpCode.I64_LOAD, new Access("i64Load", 'J', NONE));
        loads.put(OpCode.I64_LOAD8_S, new Access("i32Load8S", 'I', Opcodes.I2L));
        loads.put(OpCode.I64_LOAD8_U, new Access("i32Load8U", 'I', Opcodes.I2L));
        loads.put(OpCode.I64_LOAD16_S, new Access("i32Load16S", 'I', Opcodes.I2L));
        loads.put(OpCode.I64_LOAD16_U, new Access("i32Load16U", 'I', Opcodes.I2L));
        loads.put(OpCode.I64_LOAD32_S, new Access("i32Load", 'I', Opcodes.I2L));
        loads.put(OpCode.I64_LOAD32_U, new Access("i32Load", 'I', Opcodes.LAND));
        loads.put(OpCode.F32_LOAD, new Access("f32Load", 'F', NONE));
        loads.put(OpCode.F64_LOAD, new Access("f64Load", 'D', NONE));
        stores.put(OpCode.I32_STORE, new Access("i32Store", 'I', NONE));
        stores.put(OpCode.I32_STORE8, new Access("i32Store8", 'I', NONE));
        stores.put(OpCode.I32_STORE16, new Access("i32Store16", 'I', NONE));
        stores.put(OpCode.I64_STORE, new Access("i64Store", 'J', NONE));
        stores.put(OpCode.I64_STORE8, new Access("i32Store8", 'I', Opcodes.L2I));
        stores.put(OpCode.I64_STORE16, new Access("i32Store16", 'I', Opcodes.L2I));
        stores.put(OpCode.I64_STORE32, new Access("i32Store", 'I', Opcodes.L2I));
        stores.put(OpCode.F32_STORE, new Access("f32Store", 'F', NONE));
        stores.put(OpCode.F64_STORE, new Access("f64Store", 'D', NONE));
    }

    boolean isLoad(OpCode opcode) {
        return loads.containsKey(opcode);
    }

    /** Emits a load whose base is on the stack. */
    void load(OpCode opcode, int offset, Code code) {
        Access access = requireNonNull(loads.get(opcode), opcode::toString);
        if (offset != 0) {
            code.constant(offset);
        }
        code.context();
        code.invokeStatic(
                LOADS, access.method(), (offset == 0 ? "(I" : "(II") + VIEW + ")" + access.type());
        code.pop(1);
        code.push(access.conversion() == NONE ? access.type() : 'J');
        if (access.conversion() != NONE) {
            code.op(Opcodes.I2L);
        }
        if (access.conversion() == Opcodes.LAND) {
            code.constant('J', 0xFFFFFFFFL);
            code.op(Opcodes.LAND);
        }
    }

    /** Emits an instruction other than a load, with all operands on the stack, if it is one. */
    boolean emit(Instruction instruction, Code code) {
        OpCode opcode = instruction.opcode();
        Access access = stores.get(opcode);
        if (access != null) {
            checkMemory(instruction, 2);
            store(access, (int) instruction.operand(1), code);
            return true;
        }
        return memory(instruction, code) || table(instruction, code);
    }

    void checkMemory(Instruction instruction, int operand) {
        if (instruction.operandCount() > operand && instruction.operand(operand) != 0) {
            throw new CodeGenerationException(
                    instruction.opcode() + " of a second memory is not supported");
        }
    }

    private void store(Access access, int offset, Code code) {
        if (access.conversion() != NONE) {
            code.op(access.conversion());
        }
        if (offset != 0) {
            code.constant(offset);
        }
        code.context();
        code.invokeStatic(
                STORES,
                access.method(),
                "(I" + access.type() + (offset == 0 ? "" : "I") + VIEW + ")V");
        code.pop(2);
    }

    private boolean memory(Instruction instruction, Code code) {
        switch (instruction.opcode()) {
            case MEMORY_SIZE -> {
                checkMemory(instruction, 0);
                call(code, MEMORY_OPS, "size", 0, 'I');
            }
            case MEMORY_GROW -> {
                checkMemory(instruction, 0);
                call(code, MEMORY_OPS, "grow", 1, 'I');
            }
            case MEMORY_COPY -> {
                checkMemory(instruction, 0);
                checkMemory(instruction, 1);
                call(code, MEMORY_OPS, "copy", 3, 'V');
            }
            case MEMORY_FILL -> {
                checkMemory(instruction, 0);
                call(code, MEMORY_OPS, "fill", 3, 'V');
            }
            case MEMORY_INIT -> {
                checkMemory(instruction, 1);
                memoryInit((int) instruction.operand(0), code);
            }
            case DATA_DROP -> {
                if (!isActive((int) instruction.operand(0))) {
                    call(code, MEMORY_OPS, "dropData", 0, 'V', (int) instruction.operand(0));
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void memoryInit(int segment, Code code) {
        if (isActive(segment)) {
            call(code, MEMORY_OPS, "initDropped", 3, 'V');
        } else {
            call(code, MEMORY_OPS, "init", 3, 'V', segment);
        }
    }

    private boolean isActive(int segment) {
        return model.module().dataSection().getDataSegment(segment) instanceof ActiveDataSegment;
    }

    private boolean table(Instruction instruction, Code code) {
        switch (instruction.opcode()) {
            case TABLE_GET -> call(code, TABLE_OPS, "get", 1, 'I', at(instruction, 0));
            case TABLE_SET -> call(code, TABLE_OPS, "set", 2, 'V', at(instruction, 0));
            case TABLE_SIZE -> call(code, TABLE_OPS, "size", 0, 'I', at(instruction, 0));
            case TABLE_GROW -> call(code, TABLE_OPS, "grow", 2, 'I', at(instruction, 0));
            case TABLE_FILL -> call(code, TABLE_OPS, "fill", 3, 'V', at(instruction, 0));
            case TABLE_COPY ->
                    call(code, TABLE_OPS, "copy", 3, 'V', at(instruction, 0), at(instruction, 1));
            case TABLE_INIT ->
                    call(code, TABLE_OPS, "init", 3, 'V', at(instruction, 1), at(instruction, 0));
            case ELEM_DROP -> call(code, TABLE_OPS, "dropElement", 0, 'V', at(instruction, 0));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static int at(Instruction instruction, int operand) {
        return (int) instruction.operand(operand);
    }

    private static void call(
            Code code, String owner, String name, int operands, char result, int... immediates) {
        for (int immediate : immediates) {
            code.constant(immediate);
        }
        code.context();
        code.invokeStatic(
                owner,
                name,
                "(" + "I".repeat(operands + immediates.length) + CONTEXT + ")" + result);
        code.pop(operands);
        if (result != 'V') {
            code.push(result);
        }
    }
}
