package io.github.jdbcpglite.engine.bytecode;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.TableLimits;
import java.util.ArrayList;
import java.util.List;

/**
 * The types of a module's functions and the limits of its table.
 *
 * @param types the function types
 * @param functionTypes for each function, imported ones first, the index of its type
 * @param tableLimits limits of the function table
 */
record ModuleSignatures(List<FunctionType> types, int[] functionTypes, TableLimits tableLimits) {
    static ModuleSignatures of(Instance instance, int importedFunctions) {
        WasmModule module = instance.module();
        List<FunctionType> types = new ArrayList<>();
        for (int i = 0; i < module.typeSection().typeCount(); i++) {
            types.add(module.typeSection().getType(i));
        }
        int[] functionTypes = new int[importedFunctions + module.functionSection().functionCount()];
        for (int i = 0; i < functionTypes.length; i++) {
            functionTypes[i] = instance.functionType(i);
        }
        TableLimits limits = module.tableSection().getTable(0).limits();
        return new ModuleSignatures(
                types, functionTypes, new TableLimits(limits.min(), limits.max()));
    }
}
