package io.github.jdbcpglite.host.link;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.CustomSection;
import com.dylibso.chicory.wasm.types.UnknownCustomSection;

/**
 * What a side module's {@code dylink.0} section asks for.
 *
 * @param memorySize bytes of data
 * @param memoryAlignment their alignment in bytes
 * @param tableSize number of table entries
 */
record DylinkSection(int memorySize, int memoryAlignment, int tableSize) {
    private static final String NAME = "dylink.0";
    private static final int MEMORY_INFO = 1;

    /**
     * Reads the section.
     *
     * @throws LinkException if the module has none
     */
    static DylinkSection of(WasmModule module) throws LinkException {
        CustomSection section = module.customSection(NAME);
        if (!(section instanceof UnknownCustomSection unknown)) {
            throw new LinkException("it is not a side module: it has no " + NAME + " section");
        }
        Reader reader = new Reader(unknown.bytes());
        while (reader.position < reader.bytes.length) {
            int kind = reader.bytes[reader.position++];
            int size = reader.unsigned();
            if (kind == MEMORY_INFO) {
                int memorySize = reader.unsigned();
                int memoryAlignment = 1 << reader.unsigned();
                return new DylinkSection(memorySize, memoryAlignment, reader.unsigned());
            }
            reader.position += size;
        }
        return new DylinkSection(0, 1, 0);
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
