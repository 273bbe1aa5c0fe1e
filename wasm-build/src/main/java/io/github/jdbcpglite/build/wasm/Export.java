package io.github.jdbcpglite.build.wasm;

/**
 * An export.
 *
 * @param name the name, unique in a module
 * @param kind what is exported
 * @param index its index, imports counted first
 */
public record Export(String name, ExternalKind kind, int index) {}
