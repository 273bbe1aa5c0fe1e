package io.github.jdbcpglite.engine.bytecode;

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
import io.github.jdbcpglite.engine.Guest;
import io.github.jdbcpglite.engine.HostFunction;
import io.github.jdbcpglite.engine.LibraryModule;
import io.github.jdbcpglite.engine.Linkage;
import io.github.jdbcpglite.engine.LinkedModule;
import io.github.jdbcpglite.engine.Signature;
import io.github.jdbcpglite.engine.Trap;
import io.github.jdbcpglite.engine.bytecode.memory.ChicoryMemory;
import io.github.jdbcpglite.engine.bytecode.memory.PagedLinearMemory;
import io.github.jdbcpglite.engine.description.ModuleDescription;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A guest of generated code: an instance of a main module and the libraries linked to it. */
final class BytecodeGuest implements Guest {
    private static final String TABLE = "__indirect_function_table";

    private final BytecodeEngine engine;
    private final PagedLinearMemory memory;
    private final BytecodeModule main;
    private final BytecodeTable table;
    private final GlobalInstance stackPointer;
    private final int setThrewNumber;
    private final FrameProbe stackProbe = new FrameProbe();

    /** Made when the first library is linked. */
    private @Nullable ChicoryMemory chicoryMemory;

    /** Instantiates a module that was not captured: data segments, but no constructors. */
    BytecodeGuest(
            BytecodeEngine engine,
            CompiledModule compiled,
            PagedLinearMemory memory,
            Map<String, HostFunction> hostFunctions) {
        this.engine = engine;
        this.memory = memory;
        WasmModule module = compiled.module();
        Instance instance =
                GeneratedModules.configure(Instance.builder(module), compiled.machineFactory())
                        .withImportValues(imports(module, hostFunctions))
                        .withStart(false)
                        .build();
        main =
                new BytecodeModule(
                        FunctionOwner.of(instance), InstanceExports.of(instance), 0, null);
        table =
                new BytecodeTable(
                        FunctionTable.of(instance.exports().table(TABLE)), main.functions());
        table.add(main);
        setThrewNumber = main.function("setThrew");
        stackPointer = instance.global(main.exports().stackPointer());
    }

    /**
     * Makes an instance of a captured module, without running constructors.
     *
     * @param memory restored from an image of an instance of the module
     */
    BytecodeGuest(
            BytecodeEngine engine,
            CapturedModule captured,
            PagedLinearMemory memory,
            Map<String, HostFunction> hostFunctions) {
        this.engine = engine;
        this.memory = memory;
        InitialInstance state = captured.state();
        List<ModuleDescription.ImportedFunction> imports = state.imports();
        WasmFunctionHandle[] handles = new WasmFunctionHandle[imports.size()];
        for (int i = 0; i < handles.length; i++) {
            ModuleDescription.ImportedFunction function = imports.get(i);
            handles[i] =
                    handle(resolve(function.name(), hostFunctions), state.type(function.type()));
        }
        GeneratedMachine machine = captured.machines().get();
        state.instantiate(machine, memory, handles);
        main = new BytecodeModule(machine, state.exports(), 0, null);
        table = new BytecodeTable(machine.table(0), machine);
        table.add(main);
        setThrewNumber = main.function("setThrew");
        stackPointer = ContextGlobal.of(machine.context(), main.exports().stackPointer());
    }

    private ImportValues imports(WasmModule module, Map<String, HostFunction> hostFunctions) {
        ImportValues.Builder values = ImportValues.builder();
        values.addMemory(new ImportMemory("env", "memory", chicoryMemory()));
        ImportSection section = module.importSection();
        for (int i = 0; i < section.importCount(); i++) {
            Import entry = section.getImport(i);
            if (entry instanceof FunctionImport function) {
                FunctionType type = module.typeSection().getType(function.typeIndex());
                values.addFunction(
                        new ImportFunction(
                                function.module(),
                                function.name(),
                                type,
                                handle(resolve(function.name(), hostFunctions), type)));
            }
        }
        return values.build();
    }

    /** Finds the host function for an import; one that is absent fails by name when called. */
    private HostFunction resolve(String name, Map<String, HostFunction> hostFunctions) {
        HostFunction implementation = hostFunctions.get(name);
        if (implementation != null) {
            return implementation;
        }
        return provided(name);
    }

    /** Returns a function that the engine provides, or one that fails by name when called. */
    HostFunction provided(String name) {
        if (engine.provides(name)) {
            return InvokeFunctions.create(name, this);
        }
        return (caller, args) -> {
            throw new Trap(
                    "the guest called the import " + name + ", which this host does not implement");
        };
    }

    /** Adapts a host function to Chicory. */
    WasmFunctionHandle handle(HostFunction function, FunctionType type) {
        if (type.returns().isEmpty()) {
            return (instance, args) -> {
                function.call(this, args);
                return null;
            };
        }
        return (instance, args) -> new long[] {function.call(this, args)};
    }

    @Override
    public PagedLinearMemory memory() {
        return memory;
    }

    /** Returns the memory for modules that Chicory links. */
    ChicoryMemory chicoryMemory() {
        ChicoryMemory shown = chicoryMemory;
        if (shown == null) {
            shown = new ChicoryMemory(memory);
            chicoryMemory = shown;
        }
        return shown;
    }

    @Override
    public BytecodeModule main() {
        return main;
    }

    @Override
    public BytecodeTable table() {
        return table;
    }

    @Override
    public long call(String name, long... args) {
        int function = main.function(name);
        if (function < 0) {
            throw new IllegalStateException("the module does not export the function " + name);
        }
        return main.call(function, args);
    }

    @Override
    public long callIndirect(int index, long... args) {
        return table.call(index, args);
    }

    @Override
    public int stackPointer() {
        return (int) stackPointer.getValue();
    }

    /** Returns the global that holds the stack pointer, which libraries import. */
    GlobalInstance stackPointerGlobal() {
        return stackPointer;
    }

    @Override
    public void stackPointer(int value) {
        stackPointer.setValue((long) value);
    }

    /** Tells the guest that a longjmp arrived. */
    void setThrew() {
        main.call(setThrewNumber, 1, 0);
    }

    @Override
    public FrameProbe stackProbe() {
        return stackProbe;
    }

    @Override
    public int addFunction(Signature signature, HostFunction function) {
        int index = table.functions().grow(1, Value.REF_NULL_VALUE, null);
        if (index < 0) {
            throw new IllegalStateException("the function table cannot grow");
        }
        table.functions().set(index, 0, owner(FunctionTypes.of(signature), function));
        return index;
    }

    private FunctionOwner owner(FunctionType type, HostFunction function) {
        if (main.functions() instanceof FunctionOwner.InstanceFunctions instance) {
            return FunctionOwner.of(
                    HostFunctionModule.instantiate(
                            instance.instance().module(), type, this, function));
        }
        return new HostFunctionOwner(this, type, function);
    }

    @Override
    public LinkedModule link(LibraryModule library, Linkage linkage) {
        memory.ignoreBulkStores(linkage.dataPresent());
        try {
            BytecodeModule linked =
                    new LibraryLinker(this, (CompiledModule) library, linkage).link();
            table.add(linked);
            return linked;
        } finally {
            memory.ignoreBulkStores(false);
        }
    }
}
