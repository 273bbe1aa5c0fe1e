package io.github.jdbcpglite.engine.bytecode;

import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ImportSection;
import com.dylibso.chicory.wasm.types.TypeSection;
import io.github.jdbcpglite.engine.Guest;
import io.github.jdbcpglite.engine.HostFunction;

/**
 * A module of one imported function, by which code that Chicory runs calls a host function through
 * the table. Generated code needs none: see {@link HostFunctionOwner}.
 *
 * <p>Its type section is the main module's, because Chicory compares type indexes when a call
 * through the table crosses instances.
 */
final class HostFunctionModule {
    private HostFunctionModule() {}

    static Instance instantiate(
            WasmModule main, FunctionType type, Guest guest, HostFunction function) {
        WasmModule module =
                WasmModule.builder()
                        .setTypeSection(main.typeSection())
                        .setImportSection(
                                ImportSection.builder()
                                        .addImport(
                                                new FunctionImport(
                                                        "host", "f", typeIndex(main, type)))
                                        .build())
                        .build();
        ImportFunction handle =
                new ImportFunction(
                        "host",
                        "f",
                        type,
                        (instance, args) -> new long[] {function.call(guest, args)});
        return Instance.builder(module)
                .withImportValues(ImportValues.builder().addFunction(handle).build())
                .withMachineFactory(
                        instance -> (index, args) -> new long[] {function.call(guest, args)})
                .build();
    }

    private static int typeIndex(WasmModule main, FunctionType type) {
        TypeSection types = main.typeSection();
        for (int i = 0; i < types.typeCount(); i++) {
            if (types.getType(i).equals(type)) {
                return i;
            }
        }
        throw new IllegalArgumentException("the main module has no function type " + type);
    }
}
