package io.github.jdbcpglite.build.codegen;

import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.ValType;
import com.dylibso.chicory.wasm.types.Value;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Translates one function to a static method. */
final class FunctionTranslator {
    private static final int EMPTY_BLOCK_TYPE = 0x40;
    private static final NumericOps NUMERIC = new NumericOps();
    private static final CompareOps COMPARES = new CompareOps();

    private final ModuleModel model;
    private final MemoryEmitter memory;
    private final int function;
    private final List<AnnotatedInstruction> instructions;
    private final String localTypes;
    private final int[] slots;
    private final FunctionScan scan;
    private final Code code;
    private final Operands operands;
    private final ControlFlow flow;
    private final GlobalEmitter globals;
    private int at;

    FunctionTranslator(
            ModuleModel model, MemoryEmitter memory, int function, MethodVisitor method) {
        this.model = model;
        this.memory = memory;
        this.function = function;
        FunctionType type = model.functionType(function);
        FunctionBody body = model.body(function);
        this.instructions = body.instructions();
        String parameters = JvmTypes.of(type.params());
        this.localTypes = parameters + JvmTypes.of(body.localTypes());
        this.slots = new int[localTypes.length()];
        this.scan = new FunctionScan(instructions, localTypes.length());
        this.code = new Code(method, parameters, model.contextClass());
        this.operands = new Operands(code);
        this.flow = new ControlFlow(code, operands, type);
        this.globals = new GlobalEmitter(model, code);
        placeLocals(body, parameters.length());
    }

    /** The locals used most get the slots with the shortest instructions; unused ones get none. */
    private void placeLocals(FunctionBody body, int parameters) {
        int slot = 0;
        for (int i = 0; i < parameters; i++) {
            slots[i] = slot;
            slot += JvmTypes.slots(localTypes.charAt(i));
        }
        IntStream.range(parameters, localTypes.length())
                .filter(local -> scan.uses(local) > 0)
                .boxed()
                .sorted(Comparator.comparingInt(local -> -scan.uses(local)))
                .forEach(local -> slots[local] = code.addLocal(localTypes.charAt(local)));
        for (int local = parameters; local < localTypes.length(); local++) {
            if (scan.uses(local) > 0 && !scan.assignedFirst(local)) {
                ValType type = body.localTypes().get(local - parameters);
                code.constant(
                        localTypes.charAt(local), type.isReference() ? Value.REF_NULL_VALUE : 0);
                code.store(localTypes.charAt(local), slots[local]);
            }
        }
    }

    /**
     * Writes the method.
     *
     * @return its size in bytes of code
     */
    int translate() {
        for (at = 0; at < instructions.size(); at++) {
            AnnotatedInstruction instruction = instructions.get(at);
            if (flow.reachable()) {
                translate(instruction);
            } else {
                skip(instruction);
            }
        }
        return code.end();
    }

    private void skip(Instruction instruction) {
        switch (instruction.opcode()) {
            case BLOCK, LOOP, IF -> flow.skipBlock();
            case ELSE -> flow.otherwise();
            case END -> flow.end();
            default -> {
                // Never runs.
            }
        }
    }

    private void translate(AnnotatedInstruction instruction) {
        OpCode opcode = instruction.opcode();
        Condition comparison = COMPARES.of(opcode);
        if (comparison != null) {
            operands.compare(comparison);
        } else if (memory.isLoad(opcode)) {
            load(instruction);
        } else if (!control(instruction) && !variable(instruction) && !parametric(instruction)) {
            if (operands.hasConstant() && shiftByConstant(opcode)) {
                return;
            }
            operands.flush();
            if (!NUMERIC.emit(opcode, code) && !memory.emit(instruction, code)) {
                throw new CodeGenerationException(
                        "function " + function + " uses " + opcode + ", which is not supported");
            }
        }
    }

    private boolean control(AnnotatedInstruction instruction) {
        switch (instruction.opcode()) {
            case NOP -> {
                // Nothing to do.
            }
            case UNREACHABLE -> flow.unreachable();
            case BLOCK -> flow.block(blockType(instruction), scan.holdsLoop(at));
            case LOOP ->
                    flow.loop(blockType(instruction), scan.holdsLoop(at), scan.loopIsTargeted(at));
            case IF -> flow.ifTrue(blockType(instruction), scan.holdsLoop(at));
            case ELSE -> flow.otherwise();
            case END -> flow.end();
            case BR -> flow.branch((int) instruction.operand(0));
            case BR_IF -> flow.branchIf((int) instruction.operand(0));
            case BR_TABLE -> {
                int[] depths = new int[instruction.operandCount()];
                for (int i = 0; i < depths.length; i++) {
                    depths[i] = (int) instruction.operand(i);
                }
                flow.branchTable(depths, scan.choosesValues(at));
            }
            case RETURN -> flow.returnFromFunction();
            case CALL -> call((int) instruction.operand(0));
            case CALL_INDIRECT ->
                    callIndirect((int) instruction.operand(0), (int) instruction.operand(1));
            default -> {
                return false;
            }
        }
        return true;
    }

    private FunctionType blockType(Instruction instruction) {
        long operand = instruction.operand(0);
        if (operand == EMPTY_BLOCK_TYPE) {
            return FunctionType.empty();
        }
        if (ValType.isValid(operand)) {
            return FunctionType.returning(ValType.builder().fromId(operand).build());
        }
        return model.type((int) operand);
    }

    private void call(int callee) {
        operands.flush();
        FunctionType type = model.functionType(callee);
        code.context();
        code.invokeStatic(
                model.functionClass(callee),
                ModuleModel.functionMethod(callee),
                model.descriptor(type));
        code.pop(type.params().size());
        results(type);
    }

    private void callIndirect(int typeIndex, int table) {
        operands.flush();
        FunctionType type = model.type(typeIndex);
        int canonical = model.canonicalType(typeIndex);
        if (table == 0) {
            code.context();
            code.invokeStatic(
                    model.indirectClass(canonical),
                    ModuleModel.indirectMethod(canonical),
                    model.indirectDescriptor(type));
        } else {
            IndirectCallEmitter.callOtherTable(code, type, canonical, table);
        }
        code.pop(type.params().size() + 1);
        results(type);
    }

    private void results(FunctionType type) {
        String results = JvmTypes.of(type.returns());
        if (results.length() > 1) {
            RawValuesEmitter.unpack(code, results);
        }
        code.push(results);
    }

    private boolean variable(Instruction instruction) {
        switch (instruction.opcode()) {
            case LOCAL_GET -> localGet((int) instruction.operand(0));
            case LOCAL_SET -> {
                operands.flush();
                localSet((int) instruction.operand(0));
            }
            case LOCAL_TEE -> {
                operands.flush();
                code.op(JvmTypes.slots(code.top()) == 2 ? Opcodes.DUP2 : Opcodes.DUP);
                code.push(code.top());
                localSet((int) instruction.operand(0));
            }
            case GLOBAL_GET -> globalGet((int) instruction.operand(0));
            case GLOBAL_SET -> globalSet((int) instruction.operand(0));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void localGet(int local) {
        operands.flush();
        if (!increment(local)) {
            code.load(localTypes.charAt(local), slots[local]);
            code.push(localTypes.charAt(local));
        }
    }

    private void localSet(int local) {
        code.store(localTypes.charAt(local), slots[local]);
        code.pop(1);
    }

    /** Recognises {@code local = local + constant}, which is one instruction of the JVM. */
    private boolean increment(int local) {
        if (at + 3 >= instructions.size()
                || instructions.get(at + 1).opcode() != OpCode.I32_CONST) {
            return false;
        }
        OpCode operation = instructions.get(at + 2).opcode();
        Instruction assignment = instructions.get(at + 3);
        boolean tee = assignment.opcode() == OpCode.LOCAL_TEE;
        boolean matches =
                (operation == OpCode.I32_ADD || operation == OpCode.I32_SUB)
                        && (tee || assignment.opcode() == OpCode.LOCAL_SET)
                        && assignment.operand(0) == local;
        int constant = (int) instructions.get(at + 1).operand(0);
        if (!matches || constant == Short.MIN_VALUE || constant != (short) constant) {
            return false;
        }
        code.increment(slots[local], operation == OpCode.I32_ADD ? constant : -constant);
        at += 3;
        if (tee) {
            code.load('I', slots[local]);
            code.push('I');
        }
        return true;
    }

    private void globalGet(int index) {
        GlobalModel.Entry global = model.globals().get(index);
        if (global.place() == GlobalModel.Place.CONSTANT) {
            operands.pushConstant(global.type(), global.constant());
        } else {
            operands.flush();
            globals.get(global);
        }
    }

    private void globalSet(int index) {
        GlobalModel.Entry global = model.globals().get(index);
        if (operands.hasConstant()) {
            globals.setConstant(global, operands.takeConstant());
        } else {
            operands.flush();
            globals.set(global);
        }
    }

    private boolean parametric(Instruction instruction) {
        switch (instruction.opcode()) {
            case I32_CONST -> operands.pushConstant('I', instruction.operand(0));
            case I64_CONST -> operands.pushConstant('J', instruction.operand(0));
            case F32_CONST -> operands.pushConstant('F', instruction.operand(0));
            case F64_CONST -> operands.pushConstant('D', instruction.operand(0));
            case REF_NULL -> operands.pushConstant('I', Value.REF_NULL_VALUE);
            case REF_FUNC -> operands.pushConstant('I', instruction.operand(0));
            case REF_IS_NULL -> {
                operands.pushConstant('I', Value.REF_NULL_VALUE);
                operands.compare(new Condition('I', Condition.Relation.EQ, false, false, null));
            }
            case I32_EQZ -> operands.compareWithZero('I');
            case I64_EQZ -> operands.compareWithZero('J');
            case DROP -> drop();
            case SELECT, SELECT_T -> select();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void drop() {
        if (!operands.dropConstant()) {
            operands.flush();
            code.drop(code.top());
            code.pop(1);
        }
    }

    /**
     * Both values are on the stack in order; unless the condition holds, the second comes below.
     */
    private void select() {
        Condition condition = operands.takeCondition();
        Label chosen = new Label();
        condition.jump(code, chosen);
        char type = code.top();
        if (JvmTypes.slots(type) == 2) {
            code.op(Opcodes.DUP2_X2);
            code.op(Opcodes.POP2);
        } else {
            code.op(Opcodes.SWAP);
        }
        code.place(chosen);
        code.drop(type);
        code.pop(1);
    }

    private boolean shiftByConstant(OpCode opcode) {
        int shift =
                switch (opcode) {
                    case I64_SHL -> Opcodes.LSHL;
                    case I64_SHR_S -> Opcodes.LSHR;
                    case I64_SHR_U -> Opcodes.LUSHR;
                    default -> Opcodes.NOP;
                };
        if (shift == Opcodes.NOP) {
            return divideByConstant(opcode);
        }
        code.constant('I', operands.takeConstant() & (Long.SIZE - 1));
        code.op(shift);
        return true;
    }

    /** A constant divisor that can neither be zero nor overflow needs no check. */
    private boolean divideByConstant(OpCode opcode) {
        int division =
                switch (opcode) {
                    case I32_DIV_S -> Opcodes.IDIV;
                    case I32_REM_S -> Opcodes.IREM;
                    case I64_DIV_S -> Opcodes.LDIV;
                    case I64_REM_S -> Opcodes.LREM;
                    default -> Opcodes.NOP;
                };
        if (division == Opcodes.NOP || operands.constant() == 0 || operands.constant() == -1) {
            return false;
        }
        operands.flush();
        code.op(division);
        code.pop(1);
        return true;
    }

    private void load(Instruction instruction) {
        memory.checkMemory(instruction, 2);
        long offset = instruction.operand(1);
        if (operands.hasConstant()) {
            long address = Integer.toUnsignedLong((int) operands.constant()) + offset;
            if (address <= Integer.MAX_VALUE) {
                operands.takeConstant();
                operands.pushConstant('I', address);
                offset = 0;
            }
        }
        operands.flush();
        memory.load(instruction.opcode(), (int) offset, code);
    }
}
