package io.github.jdbcpglite.engine.bytecode;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import com.dylibso.chicory.wasm.types.PassiveElement;
import com.dylibso.chicory.wasm.types.TableLimits;
import io.github.jdbcpglite.engine.Signature;
import io.github.jdbcpglite.engine.bytecode.memory.PagedLinearMemory;
import io.github.jdbcpglite.engine.description.Exports;
import io.github.jdbcpglite.engine.description.ModuleDescription;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A generated module from which instances are made without Chicory.
 *
 * <p>An instance is a machine, a table and a memory, which comes restored from an image. It has no
 * Chicory {@code Instance}: building one costs more, in a fresh JVM, than all else that a process
 * needs before its first instruction.
 *
 * <p>Immutable; safe for use by several threads.
 */
public final class InitialInstance {
    private final ModuleDescription description;
    private final List<FunctionType> types = new ArrayList<>();

    /** Makes what a description says. */
    public InitialInstance(ModuleDescription description) {
        this.description = description;
        for (Signature type : description.types()) {
            types.add(FunctionTypes.of(type));
        }
    }

    /**
     * Describes the state of an instance.
     *
     * @param instance a fully initialised instance of a generated module in which no function but
     *     the start function has run; it imports functions and a memory only and defines one table
     * @throws IllegalArgumentException if an instance of the module needs more than a description
     *     says
     */
    public static ModuleDescription capture(Instance instance) {
        WasmModule module = instance.module();
        requireCapturable(module);
        List<Signature> types = new ArrayList<>();
        for (int i = 0; i < module.typeSection().typeCount(); i++) {
            types.add(FunctionTypes.signature(module.typeSection().getType(i)));
        }
        List<ModuleDescription.ImportedFunction> imports = new ArrayList<>();
        for (int i = 0; i < module.importSection().importCount(); i++) {
            Import entry = module.importSection().getImport(i);
            if (entry instanceof FunctionImport function) {
                imports.add(
                        new ModuleDescription.ImportedFunction(
                                function.name(), function.typeIndex()));
            }
        }
        int[] functionTypes = new int[imports.size() + module.functionSection().functionCount()];
        Arrays.setAll(functionTypes, instance::functionType);
        long[] globals = new long[module.globalSection().globalCount()];
        Arrays.setAll(globals, i -> instance.global(i).getValueLow());
        return new ModuleDescription(
                types,
                functionTypes,
                module.tableSection().getTable(0).limits().max(),
                tableOf(instance),
                imports,
                globals,
                InstanceExports.of(instance));
    }

    private static void requireCapturable(WasmModule module) {
        boolean passive =
                Arrays.stream(module.dataSection().dataSegments())
                                .anyMatch(PassiveDataSegment.class::isInstance)
                        || Arrays.stream(module.elementSection().elements())
                                .anyMatch(PassiveElement.class::isInstance);
        if (passive) {
            throw new IllegalArgumentException(
                    "a module with passive segments cannot be made from a template");
        }
    }

    private static int[] tableOf(Instance instance) {
        FunctionTable table = FunctionTable.of(instance.table(0));
        int[] functions = new int[table.size()];
        Arrays.setAll(functions, table::function);
        return functions;
    }

    /** Returns the imported functions in the order of their indexes. */
    public List<ModuleDescription.ImportedFunction> imports() {
        return description.imports();
    }

    /** Returns the exported functions and addresses. */
    public Exports exports() {
        return description.exports();
    }

    /** Returns the number of types of the module. */
    public int typeCount() {
        return types.size();
    }

    /** Returns a type of the module. */
    public FunctionType type(int index) {
        return types.get(index);
    }

    /**
     * Makes an instance: its machine, whose table and globals are as captured.
     *
     * @param machine a new machine of the module
     * @param memory its memory, which holds the module's data already
     * @param handles the imported functions in the order of {@link #imports}; each is called with
     *     {@code null} for its instance
     */
    public void instantiate(
            GeneratedMachine machine, PagedLinearMemory memory, WasmFunctionHandle[] handles) {
        machine.restore(this, memory, handles);
    }

    /** Makes the table of an instance. */
    FunctionTable newTable() {
        int[] table = description.table();
        return new FunctionTable(
                new TableLimits(table.length, description.tableMaximum()), table.clone());
    }

    /** Returns the type of a function by its index, imported functions first. */
    FunctionType functionType(int function) {
        return type(description.functionTypes()[function]);
    }

    /** Returns the raw initial values of all globals. */
    long[] globals() {
        return description.globals();
    }
}
