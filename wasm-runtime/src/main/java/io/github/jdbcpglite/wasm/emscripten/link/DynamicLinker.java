package io.github.jdbcpglite.wasm.emscripten.link;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportGlobal;
import com.dylibso.chicory.runtime.ImportMemory;
import com.dylibso.chicory.runtime.ImportTable;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.GlobalImport;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.ImportSection;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.ValType;
import com.dylibso.chicory.wasm.types.Value;
import io.github.jdbcpglite.wasm.emscripten.CompiledModule;
import io.github.jdbcpglite.wasm.emscripten.GuestInstance;
import io.github.jdbcpglite.wasm.emscripten.HostFunction;
import io.github.jdbcpglite.wasm.engine.Exports;
import io.github.jdbcpglite.wasm.engine.GeneratedModules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Links side modules to a running main module: places their data and table entries, resolves their
 * symbols, relocates and initialises them.
 */
final class DynamicLinker {
    private final GuestInstance guest;
    private final Map<String, HostFunction> hostFunctions;
    private final TableIndex tableIndex;
    private final List<LoadedModule> modules = new ArrayList<>();

    DynamicLinker(GuestInstance guest, Map<String, HostFunction> hostFunctions) {
        this.guest = guest;
        this.hostFunctions = hostFunctions;
        this.tableIndex = new TableIndex(guest);
        modules.add(new LoadedModule(guest.instance(), guest.exports(), 0));
    }

    /**
     * Loads a side module.
     *
     * @return the module and where it was placed
     */
    Placement link(CompiledModule compiled) throws LinkException {
        DylinkSection wanted = DylinkSection.of(compiled.module());
        int memoryBase = allocate(wanted);
        int tableBase = wanted.tableSize() == 0 ? 0 : tableIndex.reserve(wanted.tableSize());
        GlobalOffsets offsets = new GlobalOffsets();
        Instance instance =
                GeneratedModules.configure(
                                Instance.builder(compiled.module()), compiled.machineFactory())
                        .withImportValues(imports(compiled, memoryBase, tableBase, offsets))
                        .withStart(false)
                        .build();
        LoadedModule module = new LoadedModule(instance, Exports.of(instance), memoryBase);
        modules.add(module);
        tableIndex.learn(tableBase, wanted.tableSize());
        resolve(offsets);
        module.callIfExported("__wasm_apply_data_relocs");
        module.callIfExported("__wasm_call_ctors");
        return new Placement(
                module, memoryBase, wanted.memorySize(), tableBase, wanted.tableSize());
    }

    /**
     * Where a module's data and table entries lie.
     *
     * @param module the loaded module
     * @param memoryBase address of its data
     * @param memorySize bytes of data
     * @param tableBase first of its table entries
     * @param tableSize number of table entries
     */
    record Placement(
            LoadedModule module, int memoryBase, int memorySize, int tableBase, int tableSize) {}

    /**
     * Returns the table index of a module's function or the address of its data, or {@code null}.
     */
    @Nullable Integer symbol(LoadedModule module, String name) {
        int function = module.function(name);
        return function >= 0
                ? Integer.valueOf(tableIndex.of(module.instance(), function))
                : module.address(name);
    }

    private int allocate(DylinkSection wanted) throws LinkException {
        if (wanted.memorySize() == 0) {
            return 0;
        }
        int alignment = Math.max(wanted.memoryAlignment(), 16);
        int address =
                (int) guest.call("emscripten_builtin_memalign", alignment, wanted.memorySize());
        if (address == 0) {
            throw new LinkException("out of memory for its data");
        }
        guest.memory().fill((byte) 0, address, address + wanted.memorySize());
        return address;
    }

    /** The side module's GOT: globals whose values are known only once it is instantiated. */
    private static final class GlobalOffsets {
        final Map<String, GlobalInstance> data = new LinkedHashMap<>();
        final Map<String, GlobalInstance> functions = new LinkedHashMap<>();
    }

    private ImportValues imports(
            CompiledModule compiled, int memoryBase, int tableBase, GlobalOffsets offsets)
            throws LinkException {
        ImportValues.Builder values = ImportValues.builder();
        values.addMemory(new ImportMemory("env", "memory", guest.memory()));
        values.addTable(new ImportTable("env", "__indirect_function_table", guest.table()));
        Set<String> missing = new TreeSet<>();
        ImportSection section = compiled.module().importSection();
        for (int i = 0; i < section.importCount(); i++) {
            Import entry = section.getImport(i);
            if (entry instanceof GlobalImport global) {
                values.addGlobal(
                        new ImportGlobal(
                                global.module(),
                                global.name(),
                                global(global, memoryBase, tableBase, offsets)));
            } else if (entry instanceof FunctionImport function) {
                FunctionType type = compiled.module().typeSection().getType(function.typeIndex());
                values.addFunction(function(function, type, missing));
            }
        }
        if (!missing.isEmpty()) {
            throw new LinkException("undefined symbols: " + String.join(", ", missing));
        }
        return values.build();
    }

    private GlobalInstance global(
            GlobalImport global, int memoryBase, int tableBase, GlobalOffsets offsets)
            throws LinkException {
        return switch (global.module()) {
            case "GOT.mem" -> offsets.data.computeIfAbsent(global.name(), name -> unresolved());
            case "GOT.func" ->
                    offsets.functions.computeIfAbsent(global.name(), name -> unresolved());
            default ->
                    switch (global.name()) {
                        case "__stack_pointer" -> guest.stackPointerGlobal();
                        case "__memory_base" -> new GlobalInstance(Value.i32(memoryBase));
                        case "__table_base" -> new GlobalInstance(Value.i32(tableBase));
                        default ->
                                throw new LinkException(
                                        "unknown global " + global.module() + "." + global.name());
                    };
        };
    }

    private static GlobalInstance unresolved() {
        return new GlobalInstance(0, 0, ValType.I32, MutabilityType.Var);
    }

    private ImportFunction function(
            FunctionImport function, FunctionType type, Set<String> missing) {
        String name = function.name();
        for (LoadedModule module : modules) {
            int index = module.function(name);
            if (index >= 0) {
                return new ImportFunction(
                        function.module(),
                        name,
                        type,
                        (caller, args) -> module.instance().getMachine().call(index, args));
            }
        }
        if (!guest.implementsHostFunction(name, hostFunctions)) {
            missing.add(name);
        }
        return new ImportFunction(
                function.module(),
                name,
                type,
                GuestInstance.handle(guest.resolve(name, hostFunctions), type));
    }

    private void resolve(GlobalOffsets offsets) throws LinkException {
        Set<String> missing = new TreeSet<>();
        offsets.data.forEach(
                (name, global) -> resolveInto(global, dataAddress(name), name, missing));
        offsets.functions.forEach(
                (name, global) -> resolveInto(global, functionPointer(name), name, missing));
        if (!missing.isEmpty()) {
            throw new LinkException("undefined symbols: " + String.join(", ", missing));
        }
    }

    private static void resolveInto(
            GlobalInstance global, @Nullable Integer value, String name, Set<String> missing) {
        if (value == null) {
            missing.add(name);
        } else {
            global.setValue((long) value);
        }
    }

    private @Nullable Integer dataAddress(String name) {
        for (LoadedModule module : modules) {
            Integer address = module.address(name);
            if (address != null) {
                return address;
            }
        }
        return null;
    }

    private @Nullable Integer functionPointer(String name) {
        for (LoadedModule module : modules) {
            int function = module.function(name);
            if (function >= 0) {
                return tableIndex.of(module.instance(), function);
            }
        }
        return null;
    }
}
