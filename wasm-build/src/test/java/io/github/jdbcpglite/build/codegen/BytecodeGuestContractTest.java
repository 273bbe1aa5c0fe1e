package io.github.jdbcpglite.build.codegen;

import com.dylibso.chicory.wasm.WasmModule;
import io.github.jdbcpglite.engine.Guest;
import io.github.jdbcpglite.engine.HostFunction;
import io.github.jdbcpglite.engine.LibraryModule;
import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.engine.MainModule;
import io.github.jdbcpglite.engine.MemoryImage;
import io.github.jdbcpglite.engine.bytecode.BytecodeEngine;
import io.github.jdbcpglite.engine.bytecode.CapturedModule;
import io.github.jdbcpglite.engine.bytecode.CompiledModule;
import io.github.jdbcpglite.engine.bytecode.GeneratedModules;
import io.github.jdbcpglite.engine.bytecode.InitialInstance;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;

/**
 * The guests of generated classes: of a module instantiated whole, and of one that was captured.
 */
class BytecodeGuestContractTest {
    private static final BytecodeEngine ENGINE = BytecodeEngine.INSTANCE;

    private abstract static class AbstractKind extends AbstractGuestContractTest {
        private @Nullable MainModule module;

        abstract MainModule compile(WasmModule parsed);

        @Override
        Guest instantiate(WasmBuilder wasm, Map<String, HostFunction> hostFunctions) {
            MainModule compiled = compile(wasm.parse());
            module = compiled;
            LinearMemory memory = ENGINE.newMemory(compiled, ENGINE.unlimitedAccount());
            return ENGINE.instantiate(compiled, memory, hostFunctions);
        }

        @Override
        LibraryModule library(WasmBuilder wasm) {
            WasmModule parsed = wasm.parse();
            return new CompiledModule(
                    parsed, GeneratedModules.machineFactory(CapturedInstance.machines(parsed)));
        }

        @Override
        Guest fork(Guest parent, Map<String, HostFunction> hostFunctions) {
            MemoryImage image = parent.memory().freeze();
            LinearMemory memory = ENGINE.restore(image, ENGINE.unlimitedAccount());
            return ENGINE.instantiate(Objects.requireNonNull(module), memory, hostFunctions);
        }
    }

    @Nested
    class Captured extends AbstractKind {
        @Override
        MainModule compile(WasmModule parsed) {
            CapturedInstance captured = CapturedInstance.of(parsed);
            return new CapturedModule(
                    new InitialInstance(captured.description()),
                    captured.machines(),
                    captured::memory);
        }
    }

    @Nested
    class Whole extends AbstractKind {
        @Override
        MainModule compile(WasmModule parsed) {
            return new CompiledModule(
                    parsed, GeneratedModules.machineFactory(CapturedInstance.machines(parsed)));
        }
    }
}
