package io.github.jdbcpglite.engine.description;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The exports of a module. Immutable.
 *
 * @param stackPointer index of the exported global that holds the stack pointer, or -1
 * @param functions the numbers of exported functions
 * @param addresses the addresses of exported data, of a library relative to its data
 */
public record Exports(
        int stackPointer, Map<String, Integer> functions, Map<String, Integer> addresses) {
    /** The name under which modules export and import the global of the stack pointer. */
    public static final String STACK_POINTER = "__stack_pointer";

    /** Returns the number of an exported function, or -1. */
    public int function(String name) {
        return functions.getOrDefault(name, -1);
    }

    /** Returns the address of exported data, or {@code null}. */
    public @Nullable Integer address(String name) {
        return addresses.get(name);
    }
}
