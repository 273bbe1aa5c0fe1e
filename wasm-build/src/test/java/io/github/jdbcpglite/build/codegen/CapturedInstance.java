package io.github.jdbcpglite.build.codegen;

import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportMemory;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.engine.bytecode.GeneratedMachine;
import io.github.jdbcpglite.engine.bytecode.GeneratedModules;
import io.github.jdbcpglite.engine.bytecode.InitialInstance;
import io.github.jdbcpglite.engine.bytecode.memory.ChicoryMemory;
import io.github.jdbcpglite.engine.bytecode.memory.PagedImage;
import io.github.jdbcpglite.engine.bytecode.memory.PagedLinearMemory;
import io.github.jdbcpglite.engine.description.ModuleDescription;
import java.util.function.Supplier;

/**
 * What was captured of a module.
 *
 * @param description what instances have in common
 * @param memory their initial memory
 * @param machines makes their machines
 */
record CapturedInstance(
        ModuleDescription description, PagedImage memory, Supplier<GeneratedMachine> machines) {
    /** Compiles a module's functions. */
    static Supplier<GeneratedMachine> machines(WasmModule module) {
        GeneratedModule generated =
                CodeGenerator.generate(module, CodeGeneratorOptions.of(Guests.MACHINE));
        return GeneratedModules.machines(
                generated.machineClassName(), new Guests.MapClassLoader(generated.classes()));
    }

    /** Instantiates a module, to see what comes out. */
    static CapturedInstance of(WasmModule module) {
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
        return new CapturedInstance(InitialInstance.capture(instance), memory.freeze(), machines);
    }
}
