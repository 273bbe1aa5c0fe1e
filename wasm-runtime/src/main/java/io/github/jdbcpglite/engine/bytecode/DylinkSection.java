package io.github.jdbcpglite.engine.bytecode;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.CustomSection;
import com.dylibso.chicory.wasm.types.UnknownCustomSection;
import io.github.jdbcpglite.engine.LibraryModule;
import io.github.jdbcpglite.engine.ModuleException;

/** Reads a library's {@code dylink.0} section, which says what room it asks for. */
final class DylinkSection {
    private static final String NAME = "dylink.0";
    private static final int MEMORY_INFO = 1;

    private DylinkSection() {}

    /**
     * Reads the section.
     *
     * @throws ModuleException if the module has none
     */
    static LibraryModule.Room of(WasmModule module) {
        CustomSection section = module.customSection(NAME);
        if (!(section instanceof UnknownCustomSection unknown)) {
            throw new ModuleException(
                    "it is not a side module: it has no " + NAME + " section", null);
        }
        Reader reader = new Reader(unknown.bytes());
        while (reader.position < reader.bytes.length) {
            int kind = reader.bytes[reader.position++];
            int size = reader.unsigned();
            if (kind == MEMORY_INFO) {
                int memorySize = reader.unsigned();
                int memoryAlignment = 1 << reader.unsigned();
                return new LibraryModule.Room(memorySize, memoryAlignment, reader.unsigned());
            }
            reader.position += size;
        }
        return new LibraryModule.Room(0, 1, 0);
    }

    /** Reads LEB128 numbers. */
    private static final class Reader {
        private final byte[] bytes;
        private int position;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        int unsigned() {
            int value = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = bytes[position++];
                value |= (next & 0x7F) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }
    }
}
