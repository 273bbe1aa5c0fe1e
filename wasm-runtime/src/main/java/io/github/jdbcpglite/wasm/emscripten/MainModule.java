package io.github.jdbcpglite.wasm.emscripten;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import io.github.jdbcpglite.wasm.engine.InstanceTemplate;
import io.github.jdbcpglite.wasm.memory.MemoryImage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A main module whose functions were compiled and whose instantiation was captured at build time.
 *
 * @param template what is the same in every instance
 * @param machineFactory makes the compiled functions runnable for an instance
 * @param initialMemory gives the memory as instantiation leaves it, with the module's data
 */
public record MainModule(
        InstanceTemplate template,
        Function<Instance, Machine> machineFactory,
        Supplier<MemoryImage> initialMemory) {}
