package io.github.jdbcpglite.host;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.WasmModule;
import java.util.function.Function;

/**
 * A module whose functions were compiled to JVM bytecode at build time.
 *
 * @param module the parsed module, without function bodies
 * @param machineFactory makes the compiled functions runnable for an instance
 */
public record CompiledModule(WasmModule module, Function<Instance, Machine> machineFactory) {}
