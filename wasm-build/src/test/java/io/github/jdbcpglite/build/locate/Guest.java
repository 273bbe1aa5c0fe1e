package io.github.jdbcpglite.build.locate;

import io.github.jdbcpglite.build.wasm.Export;
import io.github.jdbcpglite.build.wasm.ExternalKind;
import io.github.jdbcpglite.build.wasm.FuncType;
import io.github.jdbcpglite.build.wasm.FunctionBody;
import io.github.jdbcpglite.build.wasm.Global;
import io.github.jdbcpglite.build.wasm.Instruction;
import io.github.jdbcpglite.build.wasm.InstructionDecoder;
import io.github.jdbcpglite.build.wasm.Opcodes;
import io.github.jdbcpglite.build.wasm.ValType;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.ArrayList;
import java.util.List;

/** A small module as a linker would make it: a stack pointer, data below it, functions. */
final class Guest {
    static final FuncType NOTHING = new FuncType(List.of(), List.of());
    static final FuncType NUMBER = new FuncType(List.of(), List.of(ValType.I32));

    private static final long STACK_POINTER = 1 << 20;
    private static final int I32_STORE = 0x36;

    private final WasmModule module = new WasmModule();

    Guest() {
        module.addGlobal(new Global(ValType.I32, true, constant(STACK_POINTER)));
    }

    private static byte[] constant(long value) {
        return InstructionDecoder.encode(
                List.of(Instruction.of(Opcodes.I32_CONST, value), Instruction.of(Opcodes.END)));
    }

    /** Adds a function and returns its index; the end is added here. */
    int function(FuncType type, Instruction... code) {
        List<Instruction> all = new ArrayList<>(List.of(code));
        all.add(Instruction.of(Opcodes.END));
        return module.addFunction(
                type, new FunctionBody(List.of(), InstructionDecoder.encode(all)));
    }

    /** Adds a function that stores a number, by which it is known, at an address. */
    int stores(long number, long address) {
        return function(NOTHING, number(address), number(number), store(0));
    }

    void exportFunction(String name, int function) {
        module.addExport(new Export(name, ExternalKind.FUNCTION, function));
    }

    void exportAddress(String name, long address) {
        int global = module.addGlobal(new Global(ValType.I32, false, constant(address)));
        module.addExport(new Export(name, ExternalKind.GLOBAL, global));
    }

    byte[] bytes() {
        return module.toBytes();
    }

    ModuleCode code() {
        return ModuleCode.of(bytes());
    }

    static Instruction number(long value) {
        return Instruction.of(Opcodes.I32_CONST, value);
    }

    static Instruction load(long offset) {
        return new Instruction(Opcodes.I32_LOAD, offset, 2, List.of());
    }

    static Instruction store(long offset) {
        return new Instruction(I32_STORE, offset, 2, List.of());
    }

    static Instruction call(int function) {
        return Instruction.of(Opcodes.CALL, function);
    }

    static Instruction drop() {
        return Instruction.of(Opcodes.DROP);
    }
}
