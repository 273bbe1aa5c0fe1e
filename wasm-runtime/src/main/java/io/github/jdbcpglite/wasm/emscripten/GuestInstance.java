package io.github.jdbcpglite.wasm.emscripten;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportMemory;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.ImportSection;
import com.dylibso.chicory.wasm.types.Value;
import io.github.jdbcpglite.wasm.engine.GeneratedModules;
import io.github.jdbcpglite.wasm.memory.PagedLinearMemory;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One instance of an Emscripten main module: its memory, stack pointer and function table, and
 * calls into it.
 *
 * <p>Belongs to one thread at a time.
 */
public final class GuestInstance {
    private static final String STACK_POINTER = "__stack_pointer";
    private static final String TABLE = "__indirect_function_table";

    private final PagedLinearMemory memory;
    private final Instance instance;
    private final TableInstance table;
    private final int stackPointerIndex;
    private final int setThrewIndex;
    private final Map<String, Integer> functionIndexes = new HashMap<>();

    /**
     * Instantiates a main module: data segments and start function, but no constructors.
     *
     * @param compiled the module
     * @param memory its linear memory
     * @param hostFunctions imports by name; an import that is absent fails by name when called
     */
    public GuestInstance(
            CompiledModule compiled,
            PagedLinearMemory memory,
            Map<String, HostFunction> hostFunctions) {
        this.memory = memory;
        WasmModule module = compiled.module();
        for (int i = 0; i < module.exportSection().exportCount(); i++) {
            Export export = module.exportSection().getExport(i);
            functionIndexes.put(export.name(), export.index());
        }
        stackPointerIndex = exportIndex(STACK_POINTER);
        setThrewIndex = exportIndex("setThrew");
        instance =
                GeneratedModules.configure(Instance.builder(module), compiled.machineFactory())
                        .withImportValues(imports(module, hostFunctions))
                        .withStart(false)
                        .build();
        table = instance.exports().table(TABLE);
    }

    private ImportValues imports(WasmModule module, Map<String, HostFunction> hostFunctions) {
        ImportValues.Builder values = ImportValues.builder();
        values.addMemory(new ImportMemory("env", "memory", memory));
        ImportSection section = module.importSection();
        for (int i = 0; i < section.importCount(); i++) {
            Import entry = section.getImport(i);
            if (entry instanceof FunctionImport function) {
                FunctionType type = module.typeSection().getType(function.typeIndex());
                HostFunction implementation = resolve(function.name(), hostFunctions);
                values.addFunction(
                        new ImportFunction(
                                function.module(),
                                function.name(),
                                type,
                                handle(implementation, type)));
            }
        }
        return values.build();
    }

    /** Finds the host function for an import; one that is absent fails by name when called. */
    public HostFunction resolve(String name, Map<String, HostFunction> hostFunctions) {
        HostFunction implementation = hostFunctions.get(name);
        if (implementation != null) {
            return implementation;
        }
        if (name.startsWith(InvokeFunctions.PREFIX)) {
            return InvokeFunctions.create(this);
        }
        return args -> {
            throw new AbortException(
                    "the guest called the import " + name + ", which this host does not implement");
        };
    }

    /** Returns whether {@link #resolve} finds an implementation. */
    public boolean implementsHostFunction(String name, Map<String, HostFunction> hostFunctions) {
        return hostFunctions.containsKey(name) || name.startsWith(InvokeFunctions.PREFIX);
    }

    /** Adapts a host function to Chicory. */
    public static WasmFunctionHandle handle(HostFunction function, FunctionType type) {
        if (type.returns().isEmpty()) {
            return (instance, args) -> {
                function.call(args);
                return null;
            };
        }
        return (instance, args) -> new long[] {function.call(args)};
    }

    /** Returns the linear memory. */
    public PagedLinearMemory memory() {
        return memory;
    }

    /** Returns the Chicory instance, for linking side modules. */
    public Instance instance() {
        return instance;
    }

    /** Returns the function table, for linking side modules. */
    public TableInstance table() {
        return table;
    }

    private int exportIndex(String name) {
        Integer index = functionIndexes.get(name);
        if (index == null) {
            throw new IllegalStateException("the module does not export " + name);
        }
        return index;
    }

    /** Returns whether the module exports a name. */
    public boolean exports(String name) {
        return functionIndexes.containsKey(name);
    }

    /**
     * Calls an exported function.
     *
     * @return the raw result, 0 for a function without one
     */
    public long call(String name, long... args) {
        return result(instance.getMachine().call(exportIndex(name), args));
    }

    /**
     * Calls a function of the table.
     *
     * @return the raw result, 0 for a function without one
     */
    public long callIndirect(int index, long... args) {
        int function = table.requiredRef(index);
        Instance owner = table.instance(index);
        return result((owner == null ? instance : owner).getMachine().call(function, args));
    }

    private static long result(long @Nullable [] results) {
        return results == null || results.length == 0 ? 0 : results[0];
    }

    /** Returns the address of an exported variable. */
    public int address(String name) {
        return (int) instance.global(exportIndex(name)).getValue();
    }

    /** Returns the guest's stack pointer. */
    public int stackPointer() {
        return (int) instance.global(stackPointerIndex).getValue();
    }

    /** Returns the global that holds the stack pointer, which side modules import. */
    public GlobalInstance stackPointerGlobal() {
        return instance.global(stackPointerIndex);
    }

    /** Sets the guest's stack pointer. */
    public void stackPointer(int value) {
        instance.global(stackPointerIndex).setValue((long) value);
    }

    /** Tells the guest that a longjmp arrived. */
    void setThrew() {
        instance.getMachine().call(setThrewIndex, new long[] {1, 0});
    }

    /**
     * Appends a host function to the table, so that the guest can hold a pointer to it.
     *
     * @param type its wasm type, which the main module must know
     * @return its index in the table, the guest's function pointer
     */
    public int addTableFunction(FunctionType type, HostFunction function) {
        int index = table.grow(1, Value.REF_NULL_VALUE, null);
        if (index < 0) {
            throw new IllegalStateException("the function table cannot grow");
        }
        table.setRef(index, 0, HostFunctionModule.instantiate(instance.module(), type, function));
        return index;
    }
}
