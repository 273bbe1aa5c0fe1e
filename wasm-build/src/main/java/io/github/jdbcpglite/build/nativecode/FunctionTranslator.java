package io.github.jdbcpglite.build.nativecode;

import io.github.jdbcpglite.build.wasm.FunctionBody;
import io.github.jdbcpglite.build.wasm.Instruction;
import io.github.jdbcpglite.build.wasm.InstructionDecoder;
import io.github.jdbcpglite.build.wasm.Opcodes;
import io.github.jdbcpglite.build.wasm.ValType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Translates one function to C. */
final class FunctionTranslator {
    /** What a line of declarations holds at most, for the eye. */
    private static final int NAMES_PER_LINE = 16;

    private final ModuleModel model;
    private final int function;
    private final List<ValType> locals;
    private final List<Instruction> instructions;
    private final CWriter code = new CWriter();
    private final OperandStack operands = new OperandStack(code);
    private final ControlFlow flow;
    private final MemoryInstructions memory;
    private final Set<Integer> fixedGlobals = new TreeSet<>();
    private boolean calls;

    FunctionTranslator(ModuleModel model, int function) {
        this.model = model;
        this.function = function;
        FunctionBody body = model.module().body(function);
        Signature signature = model.signature(function);
        this.locals = new ArrayList<>(signature.type().params());
        this.locals.addAll(body.locals());
        this.instructions = InstructionDecoder.decode(body.code());
        this.flow = new ControlFlow(model.module(), signature, operands, code);
        this.memory = new MemoryInstructions(model, operands, code);
    }

    int instructionCount() {
        return instructions.size();
    }

    /** Writes the function. */
    void translate(CWriter out) {
        code.indent();
        for (Instruction instruction : instructions) {
            if (flow.isReachable()) {
                translate(instruction);
            } else {
                flow.skip(instruction);
            }
        }
        out.blank();
        out.open(model.signature(function).prototype(model.functionName(function), true));
        declareLocals(out);
        declareVariables(out);
        declareFixedGlobals(out);
        if (calls) {
            out.line("CHECK_STACK;");
        }
        out.append(code);
        out.close("");
    }

    private void declareLocals(CWriter out) {
        Map<ValType, List<String>> names = new TreeMap<>();
        for (int i = model.signature(function).type().params().size(); i < locals.size(); i++) {
            names.computeIfAbsent(locals.get(i), type -> new ArrayList<>()).add("l" + i + " = 0");
        }
        names.forEach((type, list) -> declare(out, type, list));
    }

    private void declareVariables(CWriter out) {
        Map<ValType, List<String>> names = new TreeMap<>();
        operands.variables()
                .forEach(
                        (name, type) ->
                                names.computeIfAbsent(type, t -> new ArrayList<>()).add(name));
        names.forEach((type, list) -> declare(out, type, list));
    }

    /** The compiler cannot know that no store changes them, and would read them again and again. */
    private void declareFixedGlobals(CWriter out) {
        for (int index : fixedGlobals) {
            GlobalPlaces.Place global = model.globals().get(index);
            out.line(CTypes.name(global.type()) + " g" + index + " = " + global.expression() + ";");
        }
    }

    private static void declare(CWriter out, ValType type, List<String> names) {
        for (int i = 0; i < names.size(); i += NAMES_PER_LINE) {
            List<String> some = names.subList(i, Math.min(names.size(), i + NAMES_PER_LINE));
            out.line(CTypes.name(type) + " " + String.join(", ", some) + ";");
        }
    }

    private void translate(Instruction instruction) {
        boolean known =
                flow.translate(instruction)
                        || variable(instruction)
                        || NumericInstructions.translate(instruction, operands)
                        || memory.translate(instruction)
                        || call(instruction);
        if (!known) {
            throw new TranslationException(
                    "opcode 0x"
                            + Integer.toHexString(instruction.op())
                            + " in function "
                            + function
                            + " is not translated");
        }
    }

    private boolean variable(Instruction instruction) {
        switch (instruction.op()) {
            case Opcodes.LOCAL_GET -> getLocal(instruction.index());
            case Opcodes.LOCAL_SET -> setLocal(instruction.index());
            case Opcodes.LOCAL_TEE -> {
                setLocal(instruction.index());
                getLocal(instruction.index());
            }
            case Opcodes.GLOBAL_GET -> getGlobal(instruction.index());
            case Opcodes.GLOBAL_SET ->
                    code.line(
                            model.globals().get(instruction.index()).expression()
                                    + " = "
                                    + operands.pop()
                                    + ";");
            case Opcodes.I32_CONST, Opcodes.I64_CONST, Opcodes.F32_CONST, Opcodes.F64_CONST ->
                    constant(instruction);
            case Opcodes.DROP -> drop();
            case Opcodes.SELECT, Opcodes.SELECT_T -> select();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void getLocal(int local) {
        operands.pushUnchanging(locals.get(local), "l" + local);
    }

    private void setLocal(int local) {
        String value = operands.pop();
        operands.beforeAssignment("l" + local);
        code.line("l" + local + " = " + value + ";");
    }

    private void getGlobal(int index) {
        GlobalPlaces.Place global = model.globals().get(index);
        switch (global.lifetime()) {
            case CONSTANT -> operands.pushUnchanging(global.type(), global.expression());
            case FIXED -> {
                fixedGlobals.add(index);
                operands.pushUnchanging(global.type(), "g" + index);
            }
            case MUTABLE -> operands.push(global.type(), global.expression());
        }
    }

    private void constant(Instruction instruction) {
        ValType type =
                switch (instruction.op()) {
                    case Opcodes.I32_CONST -> ValType.I32;
                    case Opcodes.I64_CONST -> ValType.I64;
                    case Opcodes.F32_CONST -> ValType.F32;
                    default -> ValType.F64;
                };
        operands.pushUnchanging(type, CTypes.constant(type, instruction.immediate()));
    }

    private void drop() {
        boolean computed = operands.topIsVariable();
        ValType type = operands.topType();
        String value = operands.pop();
        if (computed) {
            boolean isFloat = type == ValType.F32 || type == ValType.F64;
            code.line((isFloat ? "DROP_FLOAT(" : "DROP_NUMBER(") + value + ");");
        }
    }

    private void select() {
        String condition = operands.pop();
        ValType type = operands.topType();
        String otherwise = operands.pop();
        operands.push(type, condition + " ? " + operands.pop() + " : " + otherwise);
    }

    private boolean call(Instruction instruction) {
        switch (instruction.op()) {
            case Opcodes.CALL -> {
                int callee = instruction.index();
                Signature signature = model.signature(callee);
                String code =
                        model.isBound(callee)
                                ? "IMPORT(" + signature.typeName() + ", " + callee + ")"
                                : model.functionName(callee);
                call(code, signature);
            }
            case Opcodes.CALL_INDIRECT -> {
                MemoryInstructions.firstTable(instruction.extra());
                Signature signature =
                        new Signature(model.module().types().get(instruction.index()));
                String index = operands.pop();
                call(
                        "INDIRECT("
                                + signature.typeName()
                                + ", "
                                + signature.constant()
                                + ", "
                                + index
                                + ")",
                        signature);
            }
            default -> {
                return false;
            }
        }
        calls = true;
        return true;
    }

    private void call(String callee, Signature signature) {
        StringBuilder text = new StringBuilder(callee).append("(c");
        operands.pop(signature.type().params().size())
                .forEach(argument -> text.append(", ").append(argument));
        text.append(')');
        if (signature.returnsValue()) {
            operands.push(signature.type().results().get(0), text.toString());
            return;
        }
        code.line(text + ";");
        for (int i = 0; i < signature.type().results().size(); i++) {
            ValType type = signature.type().results().get(i);
            operands.push(type, CTypes.fromRaw(type, "c->values[" + i + "]"));
        }
    }
}
