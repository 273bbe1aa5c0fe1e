package io.github.jdbcpglite.build.locate;

import io.github.jdbcpglite.build.wasm.ByteReader;
import io.github.jdbcpglite.build.wasm.Export;
import io.github.jdbcpglite.build.wasm.ExternalKind;
import io.github.jdbcpglite.build.wasm.FuncType;
import io.github.jdbcpglite.build.wasm.Global;
import io.github.jdbcpglite.build.wasm.Import;
import io.github.jdbcpglite.build.wasm.Instruction;
import io.github.jdbcpglite.build.wasm.InstructionDecoder;
import io.github.jdbcpglite.build.wasm.Opcodes;
import io.github.jdbcpglite.build.wasm.ValType;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A module with its code decoded and its exports by name. */
final class ModuleCode {
    /** The lowest address that a linker gives to data; smaller numbers are never taken for one. */
    static final int LOWEST_ADDRESS = 1024;

    /** End of the addresses when the module has no stack pointer to tell it. */
    private static final int DEFAULT_END = 16 << 20;

    private final WasmModule module;
    private final List<List<Instruction>> code = new ArrayList<>();
    private final List<String> importedFunctions = new ArrayList<>();
    private final Map<String, Integer> exportedFunctions = new LinkedHashMap<>();
    private final Map<String, Integer> exportedAddresses = new LinkedHashMap<>();
    private final int endOfAddresses;

    private ModuleCode(WasmModule module) {
        this.module = module;
        for (Import each : module.imports()) {
            if (each.kind() == ExternalKind.FUNCTION) {
                importedFunctions.add(each.module() + '.' + each.name());
            }
        }
        for (int i = module.importedFunctionCount(); i < module.functionCount(); i++) {
            code.add(InstructionDecoder.decode(module.body(i).code()));
        }
        for (Export each : module.exports()) {
            if (each.kind() == ExternalKind.FUNCTION) {
                exportedFunctions.put(each.name(), each.index());
            } else if (each.kind() == ExternalKind.GLOBAL) {
                constant(each.index(), false)
                        .ifPresent(address -> exportedAddresses.put(each.name(), address));
            }
        }
        endOfAddresses = constant(module.importedGlobalCount(), true).orElse(DEFAULT_END);
    }

    /**
     * Decodes a module.
     *
     * @param wasm the binary format
     */
    static ModuleCode of(byte[] wasm) {
        return new ModuleCode(WasmModule.parse(wasm));
    }

    /** Returns the value of a global that the module defines as an {@code i32.const}. */
    private OptionalInt constant(int index, boolean mutable) {
        int own = index - module.importedGlobalCount();
        if (own < 0 || own >= module.globals().size()) {
            return OptionalInt.empty();
        }
        Global global = module.globals().get(own);
        ByteReader initializer = new ByteReader(global.initializer());
        return global.type() == ValType.I32
                        && global.mutable() == mutable
                        && initializer.u8() == Opcodes.I32_CONST
                ? OptionalInt.of(initializer.s32())
                : OptionalInt.empty();
    }

    WasmModule module() {
        return module;
    }

    int firstFunction() {
        return module.importedFunctionCount();
    }

    int endOfFunctions() {
        return module.functionCount();
    }

    boolean defines(int function) {
        return function >= firstFunction() && function < endOfFunctions();
    }

    /** Returns the instructions of a function that the module defines. */
    List<Instruction> code(int function) {
        return code.get(function - firstFunction());
    }

    FuncType type(int function) {
        return module.functionType(function);
    }

    /** Returns both names of an imported function. */
    String importName(int function) {
        return importedFunctions.get(function);
    }

    /** Returns the indexes of the exported functions, by name. */
    Map<String, Integer> exportedFunctions() {
        return exportedFunctions;
    }

    /** Returns the constants that are exported as globals, which are addresses of data, by name. */
    Map<String, Integer> exportedAddresses() {
        return exportedAddresses;
    }

    /**
     * Returns whether a number may be the address of data: the first mutable global is the stack
     * pointer, and the stack lies behind the data.
     */
    boolean looksLikeAddress(long number) {
        return number >= LOWEST_ADDRESS && number < endOfAddresses;
    }
}
