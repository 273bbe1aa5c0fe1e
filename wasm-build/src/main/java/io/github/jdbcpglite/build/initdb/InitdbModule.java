package io.github.jdbcpglite.build.initdb;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.wasm.ByteReader;
import io.github.jdbcpglite.build.wasm.ByteWriter;
import io.github.jdbcpglite.engine.bytecode.CompiledModule;
import java.util.Arrays;

/**
 * Compiles {@code initdb.wasm} in memory.
 *
 * <p>The module defines its memory; the host gives memory to a module as an import. The definition
 * becomes an import of the same limits, which moves no index: it is the only memory.
 */
final class InitdbModule {
    private static final int HEADER_LENGTH = 8;
    private static final int SECTION_IMPORT = 2;
    private static final int SECTION_MEMORY = 5;
    private static final int KIND_MEMORY = 2;

    private final WasmModule module;

    InitdbModule(byte[] wasm) {
        module = Parser.parse(importMemory(wasm));
    }

    CompiledModule compile() {
        return new CompiledModule(
                module,
                MachineFactoryCompiler.builder(module)
                        .withInterpreterFallback(InterpreterFallback.SILENT)
                        .compile());
    }

    /** Moves the definition of the only memory to the imports, as {@code env.memory}. */
    static byte[] importMemory(byte[] wasm) {
        byte[] memory = memoryType(wasm);
        ByteReader in = new ByteReader(wasm);
        ByteWriter out = new ByteWriter().raw(in.raw(HEADER_LENGTH));
        while (in.hasRemaining()) {
            int id = in.u8();
            byte[] content = in.raw(in.u32());
            if (id == SECTION_IMPORT) {
                ByteReader imports = new ByteReader(content);
                int count = imports.u32();
                byte[] rest = imports.raw(content.length - imports.position());
                ByteWriter added = new ByteWriter().u32(count + 1).raw(rest);
                added.name("env").name("memory").u8(KIND_MEMORY).raw(memory);
                out.u8(id).vector(added.toBytes());
            } else if (id != SECTION_MEMORY) {
                out.u8(id).vector(content);
            }
        }
        return out.toBytes();
    }

    private static byte[] memoryType(byte[] wasm) {
        ByteReader in = new ByteReader(wasm);
        in.raw(HEADER_LENGTH);
        while (in.hasRemaining()) {
            int id = in.u8();
            byte[] content = in.raw(in.u32());
            if (id == SECTION_MEMORY && content[0] == 1) {
                return Arrays.copyOfRange(content, 1, content.length);
            }
        }
        throw new PipelineException("initdb.wasm does not define one memory");
    }
}
