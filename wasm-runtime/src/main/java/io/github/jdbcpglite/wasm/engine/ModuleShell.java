package io.github.jdbcpglite.wasm.engine;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ImportSection;
import com.dylibso.chicory.wasm.types.MemoryImport;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import com.dylibso.chicory.wasm.types.TableSection;
import com.dylibso.chicory.wasm.types.TypeSection;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.ArrayList;
import java.util.List;

/**
 * The signatures of a module, and the little of it that a Chicory instance needs when no function
 * is Chicory's to run: types, a memory import and a table.
 *
 * @param types the function types
 * @param functionTypes for each function, imported ones first, the index of its type
 * @param tableLimits limits of the function table
 * @param module what Chicory sees
 */
record ModuleShell(
        List<FunctionType> types, int[] functionTypes, TableLimits tableLimits, WasmModule module) {

    static ModuleShell of(Instance instance, List<InstanceTemplate.FunctionName> imports) {
        WasmModule module = instance.module();
        List<FunctionType> types = new ArrayList<>();
        for (int i = 0; i < module.typeSection().typeCount(); i++) {
            types.add(module.typeSection().getType(i));
        }
        int[] functionTypes = new int[imports.size() + module.functionSection().functionCount()];
        for (int i = 0; i < functionTypes.length; i++) {
            functionTypes[i] = instance.functionType(i);
        }
        TableLimits limits = module.tableSection().getTable(0).limits();
        return of(types, functionTypes, new TableLimits(limits.min(), limits.max()));
    }

    static ModuleShell of(List<FunctionType> types, int[] functionTypes, TableLimits tableLimits) {
        TypeSection.Builder typeSection = TypeSection.builder();
        types.forEach(typeSection::addFunctionType);
        WasmModule module =
                WasmModule.builder()
                        .withValidation(false)
                        .setTypeSection(typeSection.build())
                        .setImportSection(
                                ImportSection.builder()
                                        .addImport(
                                                new MemoryImport(
                                                        "env", "memory", new MemoryLimits(0)))
                                        .build())
                        .setTableSection(
                                TableSection.builder()
                                        .addTable(new Table(ValType.FuncRef, tableLimits))
                                        .build())
                        .build();
        return new ModuleShell(types, functionTypes, tableLimits, module);
    }
}
