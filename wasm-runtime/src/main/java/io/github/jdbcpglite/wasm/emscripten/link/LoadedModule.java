package io.github.jdbcpglite.wasm.emscripten.link;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExportSection;
import com.dylibso.chicory.wasm.types.ExternalType;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A module of a process, the main one or a loaded library, as a source of symbols. */
final class LoadedModule {
    private final Instance instance;
    private final int memoryBase;
    private final Map<String, Export> exports = new HashMap<>();

    LoadedModule(Instance instance, int memoryBase) {
        this.instance = instance;
        this.memoryBase = memoryBase;
        ExportSection section = instance.module().exportSection();
        for (int i = 0; i < section.exportCount(); i++) {
            Export export = section.getExport(i);
            exports.put(export.name(), export);
        }
    }

    Instance instance() {
        return instance;
    }

    /** Returns the index of an exported function, or -1. */
    int function(String name) {
        Export export = exports.get(name);
        return export != null && export.exportType() == ExternalType.FUNCTION ? export.index() : -1;
    }

    /** Returns the address of exported data, or {@code null}. */
    @Nullable Integer address(String name) {
        Export export = exports.get(name);
        if (export == null || export.exportType() != ExternalType.GLOBAL) {
            return null;
        }
        return (int) instance.global(export.index()).getValue() + memoryBase;
    }

    void callIfExported(String name) {
        int function = function(name);
        if (function >= 0) {
            instance.getMachine().call(function, new long[0]);
        }
    }
}
