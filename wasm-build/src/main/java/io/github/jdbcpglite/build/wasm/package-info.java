/**
 * A small toolkit that reads and writes WebAssembly at the level of the binary format.
 *
 * <p>{@link io.github.jdbcpglite.build.wasm.WasmModule} models the sections that transformations
 * need (types, imports, functions, globals, exports, code) and keeps every other section as the
 * bytes it had. Function bodies stay encoded until {@link
 * io.github.jdbcpglite.build.wasm.InstructionDecoder} turns one into instructions. The layout
 * followed is chapter 5 (Binary Format) of the WebAssembly core specification 2.0.
 *
 * <p>Invariant: things are only ever appended, so an index that was valid stays valid. Nothing in
 * this package is safe for use by several threads at once, except the immutable records.
 */
@NullMarked
package io.github.jdbcpglite.build.wasm;

import org.jspecify.annotations.NullMarked;
