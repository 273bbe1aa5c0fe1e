package io.github.jdbcpglite.engine.bytecode;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import com.dylibso.chicory.wasm.types.PassiveElement;
import io.github.jdbcpglite.engine.bytecode.memory.PagedLinearMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What instantiation computes of a generated module, which is the same for every instance of it:
 * types, imports, exports, the initial function table and the initial globals.
 *
 * <p>Evaluating thousands of constant expressions takes most of the time of an instantiation, and
 * parsing the module most of the time of a cold one, so the build does both once. An instance made
 * from a template is a machine, a table and a memory, which comes restored from an image. It has no
 * Chicory {@code Instance}: building one costs more, in a fresh JVM, than all else that a process
 * needs before its first instruction.
 *
 * <p>Immutable; safe for use by several threads.
 */
public final class InitialInstance {
    private final ModuleSignatures signatures;
    private final List<FunctionName> imports;
    private final Exports exports;
    private final int[] table;
    private final long[] captured;
    private final long[] mutable;

    InitialInstance(
            ModuleSignatures signatures,
            List<FunctionName> imports,
            Exports exports,
            int[] table,
            long[] captured,
            long[] mutable) {
        this.signatures = signatures;
        this.imports = imports;
        this.exports = exports;
        this.table = table;
        this.captured = captured;
        this.mutable = mutable;
    }

    /**
     * An imported function.
     *
     * @param name its name, without that of its module
     * @param type index of its type
     */
    public record FunctionName(String name, int type) {}

    /**
     * Captures the state of an instance.
     *
     * @param instance a fully initialised instance of a generated module in which no function but
     *     the start function has run; it imports functions and a memory only and defines one table
     * @throws IllegalArgumentException if an instance of the module needs more than a template
     *     keeps
     */
    public static InitialInstance capture(Instance instance) {
        WasmModule module = instance.module();
        ExecutionContext context = ((GeneratedMachine) instance.getMachine()).context();
        requireCapturable(module);
        List<FunctionName> imports = new ArrayList<>();
        for (int i = 0; i < module.importSection().importCount(); i++) {
            Import entry = module.importSection().getImport(i);
            if (entry instanceof FunctionImport function) {
                imports.add(new FunctionName(function.name(), function.typeIndex()));
            }
        }
        return new InitialInstance(
                ModuleSignatures.of(instance, imports.size()),
                imports,
                Exports.of(instance),
                tableOf(instance),
                values(context, context.layout.captured()),
                values(context, context.layout.mutable()));
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
        for (int i = 0; i < functions.length; i++) {
            functions[i] = table.function(i);
        }
        return functions;
    }

    private static long[] values(ExecutionContext context, int[] indexes) {
        long[] values = new long[indexes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = context.global(indexes[i]);
        }
        return values;
    }

    /** Returns the imported functions in the order of their indexes. */
    public List<FunctionName> imports() {
        return imports;
    }

    /** Returns the exported functions and addresses. */
    public Exports exports() {
        return exports;
    }

    /** Returns the number of types of the module. */
    public int typeCount() {
        return signatures.types().size();
    }

    /** Returns a type of the module. */
    public FunctionType type(int index) {
        return signatures.types().get(index);
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
        return new FunctionTable(signatures.tableLimits(), table.clone());
    }

    /** Returns the type of a function by its index, imported functions first. */
    FunctionType functionType(int function) {
        return type(signatures.functionTypes()[function]);
    }

    /** Returns the initial values of the globals that a context copies at its creation. */
    long[] captured() {
        return captured;
    }

    /** Returns the initial values of the mutable globals. */
    long[] mutable() {
        return mutable;
    }

    ModuleSignatures signatures() {
        return signatures;
    }

    int[] table() {
        return table;
    }
}
