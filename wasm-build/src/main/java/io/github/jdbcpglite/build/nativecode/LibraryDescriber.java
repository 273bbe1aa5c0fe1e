package io.github.jdbcpglite.build.nativecode;

import io.github.jdbcpglite.build.wasm.ByteReader;
import io.github.jdbcpglite.build.wasm.Export;
import io.github.jdbcpglite.build.wasm.ExternalKind;
import io.github.jdbcpglite.build.wasm.Global;
import io.github.jdbcpglite.build.wasm.Import;
import io.github.jdbcpglite.build.wasm.Instruction;
import io.github.jdbcpglite.build.wasm.InstructionDecoder;
import io.github.jdbcpglite.build.wasm.Opcodes;
import io.github.jdbcpglite.build.wasm.WasmModule;
import io.github.jdbcpglite.engine.LibraryModule;
import io.github.jdbcpglite.engine.description.Exports;
import io.github.jdbcpglite.engine.description.LibraryDescription;
import io.github.jdbcpglite.engine.description.LibraryDescription.Value;
import io.github.jdbcpglite.engine.description.LibraryDescriptionCodec;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds out what linking a library needs to know. */
final class LibraryDescriber {
    private static final int CUSTOM_SECTION = 0;
    private static final int START_SECTION = 8;
    private static final String DYLINK = "dylink.0";
    private static final int MEMORY_INFO = 1;
    private static final int NO_GLOBAL = -1;

    private final WasmModule module;
    private final Segments segments;
    private final List<Value> globals = new ArrayList<>();

    private LibraryDescriber(WasmModule module) {
        this.module = module;
        this.segments = new Segments(module);
    }

    /**
     * Describes a library.
     *
     * @throws TranslationException if it needs what no engine provides
     */
    static LibraryDescription describe(WasmModule module) {
        return new LibraryDescriber(module).describe();
    }

    /** Returns the stored form of what {@link #describe} returns. */
    static byte[] bytes(WasmModule module) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            LibraryDescriptionCodec.write(describe(module), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // not to an array
        }
        return bytes.toByteArray();
    }

    private LibraryDescription describe() {
        for (Global global : module.globals()) {
            globals.add(value(InstructionDecoder.decode(global.initializer())));
        }
        return new LibraryDescription(
                room(),
                module.functionCount(),
                start(),
                importedFunctions(),
                importedGlobals(),
                globals,
                exports(),
                segments.activeData().stream()
                        .map(each -> new LibraryDescription.Data(value(each.at()), each.bytes()))
                        .toList(),
                segments.activeElements().stream()
                        .map(
                                each ->
                                        new LibraryDescription.Elements(
                                                value(each.at()), each.functions()))
                        .toList());
    }

    private int start() {
        List<byte[]> sections = module.rawSections(START_SECTION);
        return sections.isEmpty() ? -1 : new ByteReader(sections.get(0)).u32();
    }

    private LibraryModule.Room room() {
        for (byte[] section : module.rawSections(CUSTOM_SECTION)) {
            ByteReader in = new ByteReader(section);
            String name = new String(in.raw(in.u32()), StandardCharsets.UTF_8);
            if (name.equals(DYLINK)) {
                return room(in);
            }
        }
        throw new TranslationException("no library: it has no section " + DYLINK);
    }

    private static LibraryModule.Room room(ByteReader in) {
        while (in.hasRemaining()) {
            int kind = in.u8();
            ByteReader part = new ByteReader(in.raw(in.u32()));
            if (kind == MEMORY_INFO) {
                return new LibraryModule.Room(part.u32(), 1 << part.u32(), part.u32());
            }
        }
        return new LibraryModule.Room(0, 1, 0);
    }

    private List<String> importedFunctions() {
        return module.imports().stream()
                .filter(each -> each.kind() == ExternalKind.FUNCTION)
                .map(Import::name)
                .toList();
    }

    private List<LibraryDescription.ImportedGlobal> importedGlobals() {
        return module.imports().stream()
                .filter(each -> each.kind() == ExternalKind.GLOBAL)
                .map(each -> new LibraryDescription.ImportedGlobal(each.module(), each.name()))
                .toList();
    }

    private Exports exports() {
        Map<String, Integer> functions = new HashMap<>();
        Map<String, Integer> addresses = new HashMap<>();
        int imported = module.importedGlobalCount();
        for (Export each : module.exports()) {
            if (each.kind() == ExternalKind.FUNCTION) {
                functions.put(each.name(), each.index());
            } else if (each.kind() == ExternalKind.GLOBAL && each.index() >= imported) {
                addresses.put(each.name(), (int) globals.get(each.index() - imported).constant());
            }
        }
        return new Exports(-1, functions, addresses);
    }

    /** Reads a constant, a global, or the sum of the two. */
    private static Value value(List<Instruction> expression) {
        int global = NO_GLOBAL;
        long constant = 0;
        for (Instruction each : expression) {
            switch (each.op()) {
                case Opcodes.I32_CONST -> constant += (int) each.immediate();
                case Opcodes.I64_CONST -> constant += each.immediate();
                case Opcodes.GLOBAL_GET -> global = each.index();
                case Opcodes.I32_ADD, Opcodes.END -> {
                    // Sums are what there is.
                }
                default ->
                        throw new TranslationException(
                                "an initial value with the instruction " + each.op());
            }
        }
        return new Value(global, constant);
    }
}
