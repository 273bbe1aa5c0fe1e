package io.github.jdbcpglite.engine.bytecode;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportGlobal;
import com.dylibso.chicory.runtime.ImportMemory;
import com.dylibso.chicory.runtime.ImportTable;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.GlobalImport;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.ImportSection;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.ValType;
import com.dylibso.chicory.wasm.types.Value;
import io.github.jdbcpglite.engine.HostFunction;
import io.github.jdbcpglite.engine.Linkage;
import io.github.jdbcpglite.engine.ModuleException;
import io.github.jdbcpglite.engine.description.Exports;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Has Chicory instantiate one library over the memory, the table and the stack of a guest. */
final class LibraryLinker {
    private final BytecodeGuest guest;
    private final CompiledModule library;
    private final Linkage linkage;
    private final BytecodeModule.Offsets offsets = new BytecodeModule.Offsets();

    /** Bound when the instance exists, whose own functions it may import. */
    private @Nullable BytecodeModule linked;

    LibraryLinker(BytecodeGuest guest, CompiledModule library, Linkage linkage) {
        this.guest = guest;
        this.library = library;
        this.linkage = linkage;
    }

    BytecodeModule link() {
        Instance instance =
                GeneratedModules.configure(
                                Instance.builder(library.module()), library.machineFactory())
                        .withImportValues(imports())
                        .withStart(false)
                        .build();
        BytecodeModule module =
                new BytecodeModule(
                        FunctionOwner.of(instance),
                        InstanceExports.of(instance),
                        linkage.memoryBase(),
                        offsets);
        linked = module;
        return module;
    }

    private ImportValues imports() {
        ImportValues.Builder values = ImportValues.builder();
        values.addMemory(new ImportMemory("env", "memory", guest.chicoryMemory()));
        values.addTable(
                new ImportTable(
                        "env", "__indirect_function_table", guest.table().functions().view()));
        ImportSection section = library.module().importSection();
        for (int i = 0; i < section.importCount(); i++) {
            Import entry = section.getImport(i);
            if (entry instanceof GlobalImport global) {
                values.addGlobal(new ImportGlobal(global.module(), global.name(), global(global)));
            } else if (entry instanceof FunctionImport function) {
                FunctionType type = library.module().typeSection().getType(function.typeIndex());
                values.addFunction(
                        new ImportFunction(
                                function.module(),
                                function.name(),
                                type,
                                function(function.name(), type)));
            }
        }
        return values.build();
    }

    private GlobalInstance global(GlobalImport global) {
        return switch (global.module()) {
            case CompiledModule.DATA_OFFSETS -> offset(offsets.data, global.name());
            case CompiledModule.FUNCTION_OFFSETS -> offset(offsets.functions, global.name());
            default ->
                    switch (global.name()) {
                        case Exports.STACK_POINTER -> guest.stackPointerGlobal();
                        case CompiledModule.MEMORY_BASE ->
                                new GlobalInstance(Value.i32(linkage.memoryBase()));
                        case CompiledModule.TABLE_BASE ->
                                new GlobalInstance(Value.i32(linkage.tableBase()));
                        default ->
                                throw new ModuleException(
                                        "unknown global " + global.module() + "." + global.name(),
                                        null);
                    };
        };
    }

    private static GlobalInstance offset(Map<String, GlobalInstance> known, String name) {
        return known.computeIfAbsent(
                name, key -> new GlobalInstance(0, 0, ValType.I32, MutabilityType.Var));
    }

    private WasmFunctionHandle function(String name, FunctionType type) {
        Linkage.Callee callee = linkage.functions().get(name);
        if (callee instanceof Linkage.OfModule of) {
            FunctionOwner owner = ((BytecodeModule) of.module()).functions();
            int function = of.function();
            return (caller, args) -> owner.call(function, args);
        }
        return guest.handle(
                callee instanceof Linkage.OfHost of ? of.function() : unnamed(name), type);
    }

    private HostFunction unnamed(String name) {
        return library.exportsFunction(name) ? ownFunction(name) : guest.provided(name);
    }

    private HostFunction ownFunction(String name) {
        return (caller, args) -> {
            BytecodeModule module = linked;
            if (module == null) {
                throw new IllegalStateException(name + " was called while its module loads");
            }
            return module.call(module.function(name), args);
        };
    }
}
