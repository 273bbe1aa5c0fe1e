package io.github.jdbcpglite.build.nativecode;

import io.github.jdbcpglite.build.wasm.ByteReader;
import io.github.jdbcpglite.build.wasm.Export;
import io.github.jdbcpglite.build.wasm.ExternalKind;
import io.github.jdbcpglite.build.wasm.Import;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.HashMap;
import java.util.Map;

/** The names of a module's functions: from the name section, the imports and the exports. */
final class FunctionNames {
    private static final int CUSTOM_SECTION = 0;
    private static final int FUNCTIONS = 1;

    private final Map<Integer, String> names = new HashMap<>();

    FunctionNames(WasmModule module) {
        for (byte[] section : module.rawSections(CUSTOM_SECTION)) {
            ByteReader in = new ByteReader(section);
            if (in.name().equals("name")) {
                readSubsections(in);
            }
        }
        int imported = 0;
        for (Import each : module.imports()) {
            if (each.kind() == ExternalKind.FUNCTION) {
                names.put(imported++, each.name());
            }
        }
        for (Export each : module.exports()) {
            if (each.kind() == ExternalKind.FUNCTION) {
                names.putIfAbsent(each.index(), each.name());
            }
        }
    }

    private void readSubsections(ByteReader in) {
        while (in.hasRemaining()) {
            int id = in.u8();
            ByteReader content = new ByteReader(in.raw(in.u32()));
            if (id == FUNCTIONS) {
                int count = content.u32();
                for (int i = 0; i < count; i++) {
                    names.put(content.u32(), content.name());
                }
            }
        }
    }

    /** Returns a function's C identifier. */
    String of(int function) {
        return Identifiers.function(names.getOrDefault(function, ""), function);
    }
}
