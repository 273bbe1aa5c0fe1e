package io.github.jdbcpglite.host.link;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportGlobal;
import com.dylibso.chicory.runtime.ImportMemory;
import com.dylibso.chicory.runtime.ImportTable;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExportSection;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.GlobalImport;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.ImportSection;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.ValType;
import com.dylibso.chicory.wasm.types.Value;
import io.github.jdbcpglite.engine.bytecode.Exports;
import io.github.jdbcpglite.engine.bytecode.FunctionOwner;
import io.github.jdbcpglite.engine.bytecode.GeneratedModules;
import io.github.jdbcpglite.host.CompiledModule;
import io.github.jdbcpglite.host.GuestInstance;
import io.github.jdbcpglite.host.HostFunction;
import io.github.jdbcpglite.host.link.LinkedLibraries.Placement;
import java.util.ArrayList;
import java.util.HashMap;
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
        this.hostFunctions = new HashMap<>(AbsentFunctions.all());
        this.hostFunctions.putAll(hostFunctions);
        this.tableIndex = new TableIndex(guest);
        modules.add(new LoadedModule(guest.functions(), guest.exports(), 0));
    }

    /**
     * Loads a side module.
     *
     * @return the module and where it was placed
     */
    Linked link(CompiledModule compiled) throws LinkException {
        DylinkSection wanted = DylinkSection.of(compiled.module());
        int memoryBase = allocate(wanted);
        int tableBase = wanted.tableSize() == 0 ? 0 : tableIndex.reserve(wanted.tableSize());
        Placement placement =
                new Placement(memoryBase, wanted.memorySize(), tableBase, wanted.tableSize());
        GlobalOffsets offsets = new GlobalOffsets();
        LoadedModule module = instantiate(compiled, placement, offsets);
        modules.add(module);
        try {
            resolve(offsets);
        } catch (LinkException e) {
            modules.remove(module);
            throw e;
        }
        module.callIfExported("__wasm_apply_data_relocs");
        module.callIfExported("__wasm_call_ctors");
        return new Linked(module, placement);
    }

    /** Loads a side module whose data the memory has already, as far as its table entries. */
    Linked relink(CompiledModule compiled, Placement placement, GlobalOffsets offsets)
            throws LinkException {
        LoadedModule module = instantiate(compiled, placement, offsets);
        modules.add(module);
        return new Linked(module, placement);
    }

    private LoadedModule instantiate(
            CompiledModule compiled, Placement placement, GlobalOffsets offsets)
            throws LinkException {
        LateBinding own = new LateBinding();
        Instance instance =
                GeneratedModules.configure(
                                Instance.builder(compiled.module()), compiled.machineFactory())
                        .withImportValues(imports(compiled, placement, offsets, own))
                        .withStart(false)
                        .build();
        LoadedModule module =
                new LoadedModule(
                        FunctionOwner.of(instance), Exports.of(instance), placement.memoryBase());
        own.module = module;
        tableIndex.learn(placement.tableBase(), placement.tableSize());
        return module;
    }

    /**
     * A module that was loaded.
     *
     * @param module its symbols
     * @param placement where it lies
     */
    record Linked(LoadedModule module, Placement placement) {}

    /** The module being loaded, which may import a function of its own. */
    private static final class LateBinding {
        @Nullable LoadedModule module;

        HostFunction function(String name) {
            return args -> {
                LoadedModule bound = module;
                if (bound == null) {
                    throw new IllegalStateException(name + " was called while its module loads");
                }
                long[] results = bound.functions().call(bound.function(name), args);
                return results == null || results.length == 0 ? 0 : results[0];
            };
        }
    }

    /** Returns the table from an index on, in terms of the modules loaded. */
    List<LinkedLibraries.Entry> entries(int first) {
        return tableIndex.entries(first, modules.stream().map(LoadedModule::functions).toList());
    }

    /** Makes room for entries that are put back one by one. */
    void reserve(int count) throws LinkException {
        tableIndex.reserve(count);
    }

    /**
     * Fills the entries that no module fills itself, and then what the modules import by address.
     */
    void restoreEntries(int first, List<LinkedLibraries.Entry> entries, List<GlobalOffsets> offsets)
            throws LinkException {
        for (int i = 0; i < entries.size(); i++) {
            LinkedLibraries.Entry entry = entries.get(i);
            if (entry.module() >= 0) {
                tableIndex.put(
                        first + i, modules.get(entry.module()).functions(), entry.function());
            }
        }
        for (GlobalOffsets each : offsets) {
            resolve(each);
        }
    }

    /**
     * Returns the table index of a module's function or the address of its data, or {@code null}.
     */
    @Nullable Integer symbol(LoadedModule module, String name) {
        int function = module.function(name);
        return function >= 0
                ? Integer.valueOf(tableIndex.of(module.functions(), function))
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
    static final class GlobalOffsets {
        final Map<String, GlobalInstance> data = new LinkedHashMap<>();
        final Map<String, GlobalInstance> functions = new LinkedHashMap<>();
    }

    private ImportValues imports(
            CompiledModule compiled, Placement placement, GlobalOffsets offsets, LateBinding own)
            throws LinkException {
        ImportValues.Builder values = ImportValues.builder();
        values.addMemory(new ImportMemory("env", "memory", guest.memory()));
        values.addTable(new ImportTable("env", "__indirect_function_table", guest.table().view()));
        Set<String> missing = new TreeSet<>();
        ImportSection section = compiled.module().importSection();
        for (int i = 0; i < section.importCount(); i++) {
            Import entry = section.getImport(i);
            if (entry instanceof GlobalImport global) {
                values.addGlobal(
                        new ImportGlobal(
                                global.module(),
                                global.name(),
                                global(global, placement, offsets)));
            } else if (entry instanceof FunctionImport function) {
                FunctionType type = compiled.module().typeSection().getType(function.typeIndex());
                if (!isResolvable(function.name()) && exports(compiled, function.name())) {
                    values.addFunction(
                            new ImportFunction(
                                    function.module(),
                                    function.name(),
                                    type,
                                    GuestInstance.handle(own.function(function.name()), type)));
                } else {
                    values.addFunction(function(function, type, missing));
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new LinkException("undefined symbols: " + String.join(", ", missing));
        }
        return values.build();
    }

    private boolean isResolvable(String name) {
        return guest.implementsHostFunction(name, hostFunctions)
                || modules.stream().anyMatch(module -> module.function(name) >= 0);
    }

    private static boolean exports(CompiledModule compiled, String name) {
        ExportSection section = compiled.module().exportSection();
        for (int i = 0; i < section.exportCount(); i++) {
            Export export = section.getExport(i);
            if (export.exportType() == ExternalType.FUNCTION && export.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private GlobalInstance global(GlobalImport global, Placement placement, GlobalOffsets offsets)
            throws LinkException {
        return switch (global.module()) {
            case "GOT.mem" -> offsets.data.computeIfAbsent(global.name(), name -> unresolved());
            case "GOT.func" ->
                    offsets.functions.computeIfAbsent(global.name(), name -> unresolved());
            default ->
                    switch (global.name()) {
                        case "__stack_pointer" -> guest.stackPointerGlobal();
                        case "__memory_base" ->
                                new GlobalInstance(Value.i32(placement.memoryBase()));
                        case "__table_base" -> new GlobalInstance(Value.i32(placement.tableBase()));
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
                        (caller, args) -> module.functions().call(index, args));
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
                return tableIndex.of(module.functions(), function);
            }
        }
        return null;
    }
}
