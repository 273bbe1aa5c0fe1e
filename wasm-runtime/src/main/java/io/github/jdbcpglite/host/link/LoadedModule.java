package io.github.jdbcpglite.host.link;

import io.github.jdbcpglite.engine.bytecode.Exports;
import io.github.jdbcpglite.engine.bytecode.FunctionOwner;
import org.jspecify.annotations.Nullable;

/** A module of a process, the main one or a loaded library, as a source of symbols. */
final class LoadedModule {
    private final FunctionOwner functions;
    private final int memoryBase;
    private final Exports exports;

    LoadedModule(FunctionOwner functions, Exports exports, int memoryBase) {
        this.functions = functions;
        this.exports = exports;
        this.memoryBase = memoryBase;
    }

    /** Returns who runs its functions. */
    FunctionOwner functions() {
        return functions;
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
            functions.call(function, new long[0]);
        }
    }
}
