package io.github.jdbcpglite.host;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportMemory;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.ImportSection;
import com.dylibso.chicory.wasm.types.Value;
import io.github.jdbcpglite.engine.bytecode.ContextGlobal;
import io.github.jdbcpglite.engine.bytecode.Exports;
import io.github.jdbcpglite.engine.bytecode.FunctionOwner;
import io.github.jdbcpglite.engine.bytecode.FunctionTable;
import io.github.jdbcpglite.engine.bytecode.GeneratedMachine;
import io.github.jdbcpglite.engine.bytecode.GeneratedModules;
import io.github.jdbcpglite.engine.bytecode.InitialInstance;
import io.github.jdbcpglite.engine.bytecode.memory.PagedLinearMemory;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One instance of an Emscripten main module: its memory, stack pointer and function table, and
 * calls into it.
 *
 * <p>Belongs to one thread at a time.
 */
public final class GuestInstance {
    private static final String TABLE = "__indirect_function_table";

    private final PagedLinearMemory memory;
    private final FunctionOwner functions;
    private final FunctionTable table;
    private final Exports exports;
    private final GlobalInstance stackPointer;
    private final int setThrewIndex;

    /**
     * Instantiates a module that was not captured: data segments, but no constructors.
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
        Instance instance =
                GeneratedModules.configure(Instance.builder(module), compiled.machineFactory())
                        .withImportValues(imports(module, hostFunctions))
                        .withStart(false)
                        .build();
        functions = FunctionOwner.of(instance);
        table = FunctionTable.of(instance.exports().table(TABLE));
        exports = Exports.of(instance);
        setThrewIndex = exports.function("setThrew");
        stackPointer = instance.global(exports.stackPointer());
    }

    /**
     * Makes an instance of a captured module, without running constructors.
     *
     * @param main the module
     * @param memory its linear memory, restored from an image of an instance of the module
     * @param hostFunctions imports by name; an import that is absent fails by name when called
     */
    public GuestInstance(
            MainModule main, PagedLinearMemory memory, Map<String, HostFunction> hostFunctions) {
        this.memory = memory;
        InitialInstance template = main.template();
        List<InitialInstance.FunctionName> imports = template.imports();
        WasmFunctionHandle[] handles = new WasmFunctionHandle[imports.size()];
        for (int i = 0; i < handles.length; i++) {
            InitialInstance.FunctionName function = imports.get(i);
            handles[i] =
                    handle(resolve(function.name(), hostFunctions), template.type(function.type()));
        }
        GeneratedMachine machine = main.machines().get();
        template.instantiate(machine, memory, handles);
        functions = machine;
        table = machine.table(0);
        exports = template.exports();
        setThrewIndex = exports.function("setThrew");
        stackPointer = ContextGlobal.of(machine.context(), exports.stackPointer());
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

    /** Returns who runs the main module's functions, for linking side modules. */
    public FunctionOwner functions() {
        return functions;
    }

    /** Returns the function table, for linking side modules. */
    public FunctionTable table() {
        return table;
    }

    private int functionIndex(String name) {
        int index = exports.function(name);
        if (index < 0) {
            throw new IllegalStateException("the module does not export the function " + name);
        }
        return index;
    }

    /** Returns the exported functions and addresses of the module. */
    public Exports exports() {
        return exports;
    }

    /**
     * Calls an exported function.
     *
     * @return the raw result, 0 for a function without one
     */
    public long call(String name, long... args) {
        return result(functions.call(functionIndex(name), args));
    }

    /**
     * Calls a function of the table.
     *
     * @return the raw result, 0 for a function without one
     */
    public long callIndirect(int index, long... args) {
        int function = table.calledFunction(index);
        FunctionOwner owner = table.owner(index);
        return result((owner == null ? functions : owner).call(function, args));
    }

    private static long result(long @Nullable [] results) {
        return results == null || results.length == 0 ? 0 : results[0];
    }

    /** Returns the guest's stack pointer. */
    public int stackPointer() {
        return (int) stackPointer.getValue();
    }

    /** Returns the global that holds the stack pointer, which side modules import. */
    public GlobalInstance stackPointerGlobal() {
        return stackPointer;
    }

    /** Sets the guest's stack pointer. */
    public void stackPointer(int value) {
        stackPointer.setValue((long) value);
    }

    /** Tells the guest that a longjmp arrived. */
    void setThrew() {
        functions.call(setThrewIndex, new long[] {1, 0});
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
        table.set(index, 0, owner(type, function));
        return index;
    }

    private FunctionOwner owner(FunctionType type, HostFunction function) {
        if (functions instanceof FunctionOwner.InstanceFunctions main) {
            return FunctionOwner.of(
                    HostFunctionModule.instantiate(main.instance().module(), type, function));
        }
        return new HostFunctionOwner(type, function);
    }
}
