package io.github.jdbcpglite.wasm.emscripten.syscall;

import io.github.jdbcpglite.wasm.emscripten.HostFunction;
import java.util.HashMap;
import java.util.Map;

/** Collects host functions by import name, each with the error convention of its kind. */
final class HostFunctionTable {
    private final Map<String, HostFunction> functions = new HashMap<>();

    /** Adds a {@code __syscall_*} function or another that returns negative error numbers. */
    void syscall(String name, ErrnoAbi.Syscall body) {
        plain(name, ErrnoAbi.negative(body));
    }

    /** Adds a function of {@code wasi_snapshot_preview1}, which returns positive error numbers. */
    void wasi(String name, ErrnoAbi.Syscall body) {
        plain(name, ErrnoAbi.positive(body));
    }

    /** Adds a function with a convention of its own. */
    void plain(String name, HostFunction body) {
        if (functions.putIfAbsent(name, body) != null) {
            throw new IllegalStateException("the host function " + name + " is defined twice");
        }
    }

    /** Returns what was added, unmodifiable. */
    Map<String, HostFunction> functions() {
        return Map.copyOf(functions);
    }
}
