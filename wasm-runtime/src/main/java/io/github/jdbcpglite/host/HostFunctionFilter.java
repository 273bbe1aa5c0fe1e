package io.github.jdbcpglite.host;

import io.github.jdbcpglite.engine.HostFunction;

/**
 * Puts something around the functions that guest processes import; for tests that let them fail.
 */
@FunctionalInterface
public interface HostFunctionFilter {
    /** Leaves every function as it is. */
    HostFunctionFilter NONE = (name, function) -> function;

    /**
     * Returns what a new process calls in place of a function; called on the thread that makes the
     * process, once for each function.
     *
     * @param name the name that the guest imports it under
     */
    HostFunction apply(String name, HostFunction function);
}
