package io.github.jdbcpglite.wasm.emscripten;

import io.github.jdbcpglite.wasm.engine.GeneratedMachine;
import io.github.jdbcpglite.wasm.engine.InstanceTemplate;
import io.github.jdbcpglite.wasm.memory.MemoryImage;
import java.util.function.Supplier;

/**
 * A main module whose functions were compiled and whose instantiation was captured at build time.
 *
 * @param template what is the same in every instance
 * @param machines makes the machine of an instance
 * @param initialMemory gives the memory as instantiation leaves it, with the module's data
 */
public record MainModule(
        InstanceTemplate template,
        Supplier<GeneratedMachine> machines,
        Supplier<MemoryImage> initialMemory) {}
