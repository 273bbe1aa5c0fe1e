package io.github.jdbcpglite.build.compile;

import io.github.jdbcpglite.build.wasm.ByteWriter;
import io.github.jdbcpglite.build.wasm.Export;
import io.github.jdbcpglite.build.wasm.ExternalKind;
import io.github.jdbcpglite.build.wasm.FuncType;
import io.github.jdbcpglite.build.wasm.FunctionBody;
import io.github.jdbcpglite.build.wasm.Import;
import io.github.jdbcpglite.build.wasm.Instruction;
import io.github.jdbcpglite.build.wasm.InstructionDecoder;
import io.github.jdbcpglite.build.wasm.Opcodes;
import io.github.jdbcpglite.build.wasm.ValType;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.List;

/** Tiny modules: a main one that calls through its table, and a side one to be called. */
final class Modules {
    static final FuncType UNARY = new FuncType(List.of(ValType.I32), List.of(ValType.I32));
    static final FuncType BINARY =
            new FuncType(List.of(ValType.I32, ValType.I32), List.of(ValType.I32));
    private static final FuncType ONLY_SIDE = new FuncType(List.of(ValType.I64), List.of());
    private static final int SECTION_TABLE = 4;
    private static final int FUNCREF = 0x70;

    private Modules() {}

    /** Types BINARY, UNARY; {@code call(x)} is {@code table[0](x, 3)}; {@code inc(x)} adds 1. */
    static byte[] main() {
        WasmModule module = new WasmModule();
        module.typeIndex(BINARY);
        module.addRawSection(
                SECTION_TABLE, new ByteWriter().u32(1).u8(FUNCREF).u8(0).u32(1).toBytes());
        int call =
                module.addFunction(
                        UNARY,
                        body(
                                Instruction.of(Opcodes.LOCAL_GET, 0),
                                Instruction.of(Opcodes.I32_CONST, 3),
                                Instruction.of(Opcodes.I32_CONST, 0),
                                Instruction.of(Opcodes.CALL_INDIRECT, module.typeIndex(BINARY)),
                                Instruction.of(Opcodes.END)));
        int increment =
                module.addFunction(
                        UNARY,
                        body(
                                Instruction.of(Opcodes.LOCAL_GET, 0),
                                Instruction.of(Opcodes.I32_CONST, 1),
                                Instruction.of(Opcodes.I32_ADD),
                                Instruction.of(Opcodes.END)));
        module.addExport(new Export("call", ExternalKind.FUNCTION, call));
        module.addExport(new Export("inc", ExternalKind.FUNCTION, increment));
        module.addExport(new Export("table", ExternalKind.TABLE, 0));
        return module.toBytes();
    }

    /**
     * Types UNARY, one of its own, BINARY: other indexes than in the main module. Imports the table
     * and {@code inc}; {@code add(x, y)} is {@code inc(x) + y}, in a block with a type of its own.
     */
    static byte[] side() {
        WasmModule module = new WasmModule();
        int unary = module.typeIndex(UNARY);
        module.typeIndex(ONLY_SIDE);
        int binary = module.typeIndex(BINARY);
        module.addImport(
                new Import(
                        "env",
                        "inc",
                        ExternalKind.FUNCTION,
                        unary,
                        new ByteWriter().u32(unary).toBytes()));
        int add =
                module.addFunction(
                        BINARY,
                        body(
                                Instruction.of(Opcodes.LOCAL_GET, 0),
                                Instruction.of(Opcodes.LOCAL_GET, 1),
                                Instruction.of(Opcodes.BLOCK, binary),
                                Instruction.of(Opcodes.I32_ADD),
                                Instruction.of(Opcodes.END),
                                Instruction.of(Opcodes.CALL, 0),
                                Instruction.of(Opcodes.END)));
        module.addExport(new Export("add", ExternalKind.FUNCTION, add));
        return module.toBytes();
    }

    private static FunctionBody body(Instruction... code) {
        return new FunctionBody(List.of(), InstructionDecoder.encode(List.of(code)));
    }
}
