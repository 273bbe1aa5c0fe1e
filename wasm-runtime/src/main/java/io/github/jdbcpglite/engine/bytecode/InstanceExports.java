package io.github.jdbcpglite.engine.bytecode;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExportSection;
import com.dylibso.chicory.wasm.types.ExternalType;
import io.github.jdbcpglite.engine.description.Exports;
import java.util.HashMap;
import java.util.Map;

/** Reads the exports of Chicory's instances. */
final class InstanceExports {
    private InstanceExports() {}

    /** Reads the exports of an instance whose globals are initialised. */
    static Exports of(Instance instance) {
        Map<String, Integer> functions = new HashMap<>();
        Map<String, Integer> addresses = new HashMap<>();
        int stackPointer = -1;
        ExportSection section = instance.module().exportSection();
        for (int i = 0; i < section.exportCount(); i++) {
            Export export = section.getExport(i);
            if (export.exportType() == ExternalType.FUNCTION) {
                functions.put(export.name(), export.index());
            } else if (export.name().equals(Exports.STACK_POINTER)) {
                stackPointer = export.index();
            } else if (export.exportType() == ExternalType.GLOBAL) {
                addresses.put(export.name(), (int) instance.global(export.index()).getValue());
            }
        }
        return new Exports(stackPointer, functions, addresses);
    }
}
