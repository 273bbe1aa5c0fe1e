package io.github.jdbcpglite.wasm.emscripten.link;

import com.dylibso.chicory.runtime.Instance;
import io.github.jdbcpglite.wasm.engine.Exports;
import org.jspecify.annotations.Nullable;

/** A module of a process, the main one or a loaded library, as a source of symbols. */
final class LoadedModule {
    private final Instance instance;
    private final int memoryBase;
    private final Exports exports;

    LoadedModule(Instance instance, Exports exports, int memoryBase) {
        this.instance = instance;
        this.exports = exports;
        this.memoryBase = memoryBase;
    }

    Instance instance() {
        return instance;
    }

    /** Returns the index of an exported function, or -1. */
    int function(String name) {
        return exports.function(name);
    }

    /** Returns the address of exported data, or {@code null}. */
    @Nullable Integer address(String name) {
        Integer offset = exports.address(name);
        return offset == null ? null : Integer.valueOf(offset + memoryBase);
    }

    void callIfExported(String name) {
        int function = function(name);
        if (function >= 0) {
            instance.getMachine().call(function, new long[0]);
        }
    }
}
