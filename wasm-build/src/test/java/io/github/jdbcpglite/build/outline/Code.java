package io.github.jdbcpglite.build.outline;

import io.github.jdbcpglite.build.wasm.FuncType;
import io.github.jdbcpglite.build.wasm.FunctionBody;
import io.github.jdbcpglite.build.wasm.Instruction;
import io.github.jdbcpglite.build.wasm.InstructionDecoder;
import io.github.jdbcpglite.build.wasm.Opcodes;
import io.github.jdbcpglite.build.wasm.ValType;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.ArrayList;
import java.util.List;

/** Writes test functions. */
final class Code {
    private static final int EMPTY = -64;

    private final WasmModule module;
    private final List<Instruction> instructions = new ArrayList<>();

    Code(WasmModule module) {
        this.module = module;
    }

    Code op(int op) {
        instructions.add(Instruction.of(op));
        return this;
    }

    Code op(int op, long immediate) {
        instructions.add(Instruction.of(op, immediate));
        return this;
    }

    Code get(int local) {
        return op(Opcodes.LOCAL_GET, local);
    }

    Code set(int local) {
        return op(Opcodes.LOCAL_SET, local);
    }

    Code i32(int value) {
        return op(Opcodes.I32_CONST, value);
    }

    Code i64(long value) {
        return op(Opcodes.I64_CONST, value);
    }

    /** Opens a block, loop or if without values. */
    Code open(int op) {
        return op(op, EMPTY);
    }

    /** Opens a block, loop or if with parameters and results. */
    Code open(int op, List<ValType> params, List<ValType> results) {
        if (params.isEmpty() && results.isEmpty()) {
            return open(op);
        }
        if (params.isEmpty() && results.size() == 1) {
            return op(op, results.get(0).code() - 0x80);
        }
        return op(op, module.typeIndex(new FuncType(params, results)));
    }

    Code end() {
        return op(Opcodes.END);
    }

    Code br(int depth) {
        return op(Opcodes.BR, depth);
    }

    Code brIf(int depth) {
        return op(Opcodes.BR_IF, depth);
    }

    Code brTable(Integer... depths) {
        instructions.add(Instruction.brTable(List.of(depths)));
        return this;
    }

    /** Adds a load or store. */
    Code memory(int op, int offset) {
        return op(op, offset);
    }

    /** Ends the function. */
    FunctionBody body(ValType... locals) {
        end();
        return new FunctionBody(List.of(locals), InstructionDecoder.encode(instructions));
    }
}
