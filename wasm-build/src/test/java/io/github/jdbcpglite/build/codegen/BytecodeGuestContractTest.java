package io.github.jdbcpglite.build.codegen;

import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportMemory;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import io.github.jdbcpglite.engine.Guest;
import io.github.jdbcpglite.engine.HostFunction;
import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.engine.MainModule;
import io.github.jdbcpglite.engine.MemoryImage;
import io.github.jdbcpglite.engine.bytecode.BytecodeEngine;
import io.github.jdbcpglite.engine.bytecode.CapturedModule;
import io.github.jdbcpglite.engine.bytecode.CompiledModule;
import io.github.jdbcpglite.engine.bytecode.GeneratedMachine;
import io.github.jdbcpglite.engine.bytecode.GeneratedModules;
import io.github.jdbcpglite.engine.bytecode.InitialInstance;
import io.github.jdbcpglite.engine.bytecode.memory.ChicoryMemory;
import io.github.jdbcpglite.engine.bytecode.memory.PagedImage;
import io.github.jdbcpglite.engine.bytecode.memory.PagedLinearMemory;
import io.github.jdbcpglite.engine.description.ModuleDescription;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;

/**
 * The guests of generated classes: of a module instantiated whole, and of one that was captured.
 */
class BytecodeGuestContractTest {
    private static final BytecodeEngine ENGINE = BytecodeEngine.INSTANCE;

    /** Compiles a module's functions. */
    private static Supplier<GeneratedMachine> machines(WasmModule module) {
        GeneratedModule generated =
                CodeGenerator.generate(module, CodeGeneratorOptions.of(Guests.MACHINE));
        return GeneratedModules.machines(
                generated.machineClassName(), new Guests.MapClassLoader(generated.classes()));
    }

    /**
     * What was captured of a module.
     *
     * @param description what instances have in common
     * @param memory their initial memory
     * @param machines makes their machines
     */
    record Capture(
            ModuleDescription description,
            PagedImage memory,
            Supplier<GeneratedMachine> machines) {}

    private static CapturedModule capture(WasmModule module) {
        Capture captured = describe(module);
        return new CapturedModule(
                new InitialInstance(captured.description),
                captured.machines,
                () -> captured.memory);
    }

    /** Instantiates a module, to see what comes out. */
    static Capture describe(WasmModule module) {
        PagedLinearMemory memory = new PagedLinearMemory(1, LinearMemory.MAX_PAGES);
        ImportValues.Builder values = ImportValues.builder();
        values.addMemory(new ImportMemory("env", "memory", new ChicoryMemory(memory)));
        for (int i = 0; i < module.importSection().importCount(); i++) {
            if (module.importSection().getImport(i) instanceof FunctionImport function) {
                values.addFunction(
                        new ImportFunction(
                                function.module(),
                                function.name(),
                                module.typeSection().getType(function.typeIndex()),
                                (instance, args) -> {
                                    throw new AssertionError(function.name());
                                }));
            }
        }
        Supplier<GeneratedMachine> machines = machines(module);
        Instance instance =
                GeneratedModules.configure(
                                Instance.builder(module), GeneratedModules.machineFactory(machines))
                        .withImportValues(values.build())
                        .build();
        return new Capture(InitialInstance.capture(instance), memory.freeze(), machines);
    }

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
            return capture(parsed);
        }
    }

    @Nested
    class Whole extends AbstractKind {
        @Override
        MainModule compile(WasmModule parsed) {
            return new CompiledModule(parsed, GeneratedModules.machineFactory(machines(parsed)));
        }
    }
}
