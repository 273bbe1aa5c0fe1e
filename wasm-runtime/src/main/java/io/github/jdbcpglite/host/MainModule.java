package io.github.jdbcpglite.host;

import io.github.jdbcpglite.engine.bytecode.GeneratedMachine;
import io.github.jdbcpglite.engine.bytecode.InitialInstance;
import io.github.jdbcpglite.engine.bytecode.memory.MemoryImage;
import java.util.function.Supplier;

/**
 * A main module whose functions were compiled and whose instantiation was captured at build time.
 *
 * @param template what is the same in every instance
 * @param machines makes the machine of an instance
 * @param initialMemory gives the memory as instantiation leaves it, with the module's data
 */
public record MainModule(
        InitialInstance template,
        Supplier<GeneratedMachine> machines,
        Supplier<MemoryImage> initialMemory) {}
