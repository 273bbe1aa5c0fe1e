package io.github.jdbcpglite.host.process;

import io.github.jdbcpglite.host.HostFunction;
import java.util.HashMap;
import java.util.Map;

/** Collects host functions by import name, each with the error convention of its kind. */
public final class HostFunctionTable {
    private final Map<String, HostFunction> functions = new HashMap<>();

    /** Adds {@code __syscall_*} functions or others that return negative error numbers. */
    public void syscall(SyscallGroup group, String... names) {
        add(group, ErrnoAbi.NEGATIVE, names);
    }

    /** Adds functions of {@code wasi_snapshot_preview1}, which return positive error numbers. */
    public void wasi(SyscallGroup group, String... names) {
        add(group, ErrnoAbi.POSITIVE, names);
    }

    /** Adds functions with a convention of their own. */
    public void plain(SyscallGroup group, String... names) {
        add(group, ErrnoAbi.OWN, names);
    }

    private void add(SyscallGroup group, ErrnoAbi abi, String... names) {
        for (String name : names) {
            if (functions.putIfAbsent(name, abi.adapt(group, name)) != null) {
                throw new IllegalStateException("the host function " + name + " is defined twice");
            }
        }
    }

    /** Returns what was added, unmodifiable. */
    public Map<String, HostFunction> functions() {
        return Map.copyOf(functions);
    }
}
