package io.github.jdbcpglite.build.wasm;

/** What an import or export is; the ordinal is the byte of the binary format. */
public enum ExternalKind {
    /** A function. */
    FUNCTION,
    /** A table. */
    TABLE,
    /** A linear memory. */
    MEMORY,
    /** A global. */
    GLOBAL;

    static ExternalKind of(int code) {
        if (code >= values().length) {
            throw new WasmFormatException("unsupported import or export kind " + code);
        }
        return values()[code];
    }
}
