package io.github.jdbcpglite.postgres;

import io.github.jdbcpglite.engine.bytecode.BytecodeEngine;
import io.github.jdbcpglite.host.program.ClientProgram;

/** Where client programs of PostgreSQL come from. Thread-safe. */
public final class ClientPrograms {
    private ClientPrograms() {}

    /**
     * Loads a program that the build has made.
     *
     * @param loader where it is found
     * @param packageName the package of its classes, with {@code module.wasm} beside them
     * @throws IllegalStateException if a part is missing or damaged
     */
    public static ClientProgram load(ClassLoader loader, String packageName) {
        return ClientProgram.load(BytecodeEngine.INSTANCE, loader, packageName);
    }
}
