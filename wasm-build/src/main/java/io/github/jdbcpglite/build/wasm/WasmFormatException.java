package io.github.jdbcpglite.build.wasm;

/** Bytes that are not the WebAssembly binary format, or a part of it this toolkit does not know. */
public final class WasmFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was wrong and where
     */
    public WasmFormatException(String message) {
        super(message);
    }
}
