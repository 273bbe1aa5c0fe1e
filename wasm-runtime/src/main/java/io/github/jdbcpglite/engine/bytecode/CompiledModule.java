package io.github.jdbcpglite.engine.bytecode;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExportSection;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.GlobalImport;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.MemoryImport;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import io.github.jdbcpglite.engine.LibraryModule;
import io.github.jdbcpglite.engine.MainModule;
import io.github.jdbcpglite.engine.ModuleException;
import io.github.jdbcpglite.engine.description.Exports;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A module whose functions were compiled to JVM bytecode at build time, and which Chicory
 * instantiates.
 *
 * @param module the parsed module, without function bodies
 * @param machineFactory makes the compiled functions runnable for an instance
 */
public record CompiledModule(WasmModule module, Function<Instance, Machine> machineFactory)
        implements MainModule, LibraryModule {
    static final String DATA_OFFSETS = "GOT.mem";
    static final String FUNCTION_OFFSETS = "GOT.func";
    static final String MEMORY_BASE = "__memory_base";
    static final String TABLE_BASE = "__table_base";

    private static final Set<String> KNOWN_GLOBALS =
            Set.of(Exports.STACK_POINTER, MEMORY_BASE, TABLE_BASE);

    @Override
    public List<String> importedFunctions() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < module.importSection().importCount(); i++) {
            if (module.importSection().getImport(i) instanceof FunctionImport function) {
                names.add(function.name());
            }
        }
        return names;
    }

    @Override
    public List<String> dataOffsets() {
        return globals(DATA_OFFSETS);
    }

    @Override
    public List<String> functionOffsets() {
        return globals(FUNCTION_OFFSETS);
    }

    private List<String> globals(String importModule) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < module.importSection().importCount(); i++) {
            if (module.importSection().getImport(i) instanceof GlobalImport global
                    && global.module().equals(importModule)) {
                names.add(global.name());
            }
        }
        return names.stream().distinct().toList();
    }

    @Override
    public boolean exportsFunction(String name) {
        ExportSection section = module.exportSection();
        for (int i = 0; i < section.exportCount(); i++) {
            Export export = section.getExport(i);
            if (export.exportType() == ExternalType.FUNCTION && export.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Room room() {
        for (int i = 0; i < module.importSection().importCount(); i++) {
            Import entry = module.importSection().getImport(i);
            if (entry instanceof GlobalImport global
                    && !global.module().equals(DATA_OFFSETS)
                    && !global.module().equals(FUNCTION_OFFSETS)
                    && !KNOWN_GLOBALS.contains(global.name())) {
                throw new ModuleException(
                        "unknown global " + global.module() + "." + global.name(), null);
            }
        }
        return DylinkSection.of(module);
    }

    /** Returns the limits of the memory that it imports. */
    MemoryLimits memoryLimits() {
        return module.importSection().stream()
                .filter(MemoryImport.class::isInstance)
                .map(MemoryImport.class::cast)
                .findFirst()
                .orElseThrow(() -> new ModuleException("the module imports no memory", null))
                .limits();
    }
}
