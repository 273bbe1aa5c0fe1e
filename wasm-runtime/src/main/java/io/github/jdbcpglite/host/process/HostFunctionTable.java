package io.github.jdbcpglite.host.process;

import io.github.jdbcpglite.engine.HostFunction;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * Collects the host functions of a guest by the name of their import. A name is added once; what
 * takes the place of a function, or is put around it, says so.
 *
 * <p>Not safe for use by several threads.
 */
public final class HostFunctionTable {
    private final Map<String, HostFunction> functions = new HashMap<>();

    /** Makes an empty table. */
    public HostFunctionTable() {}

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
            add(name, abi.adapt(group, name));
        }
    }

    /**
     * Adds a function.
     *
     * @throws IllegalStateException if there is one of that name
     */
    public void add(String name, HostFunction function) {
        if (functions.putIfAbsent(name, function) != null) {
            throw new IllegalStateException("the host function " + name + " is defined twice");
        }
    }

    /** Adds functions, as {@link #add(String, HostFunction)} does each. */
    public void addAll(Map<String, HostFunction> others) {
        others.forEach(this::add);
    }

    /**
     * Puts a function around another, or in its place.
     *
     * @throws IllegalStateException if there is none of that name
     */
    public void wrap(String name, UnaryOperator<HostFunction> wrapper) {
        HostFunction wrapped = functions.get(name);
        if (wrapped == null) {
            throw new IllegalStateException("there is no host function " + name + " to wrap");
        }
        functions.put(name, wrapper.apply(wrapped));
    }

    /**
     * Puts something around every function.
     *
     * @param wrapper gets the name and the function
     */
    public void wrapAll(BiFunction<String, HostFunction, HostFunction> wrapper) {
        functions.replaceAll(wrapper);
    }

    /** Returns what has been added, unmodifiable; for when nothing more is. */
    public Map<String, HostFunction> functions() {
        return Collections.unmodifiableMap(functions);
    }
}
