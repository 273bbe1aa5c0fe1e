package io.github.jdbcpglite.build.release;

import io.github.jdbcpglite.build.wasm.FuncType;

/**
 * A function that the build knows by name.
 *
 * @param index its index in the module
 * @param type its type
 * @param crc32 the CRC-32 of its instructions as they are encoded
 * @param shape a checksum of its instructions without what a linker decides, as {@code
 *     build.locate} makes it; empty if it was not made yet
 */
public record ReleaseFunction(int index, FuncType type, long crc32, String shape) {}
