package io.github.jdbcpglite.wasm.sched;

import io.github.jdbcpglite.wasm.emscripten.GuestInstance;
import io.github.jdbcpglite.wasm.emscripten.HostFunction;
import io.github.jdbcpglite.wasm.memory.PagedLinearMemory;
import java.util.Map;

/**
 * What the host gives one guest process: files, descriptors, clocks, random numbers.
 *
 * <p>Belongs to the process's thread.
 */
interface GuestEnvironment extends AutoCloseable {
    /** Makes a new process's environment over its memory. */
    @FunctionalInterface
    interface Factory {
        GuestEnvironment create(PagedLinearMemory memory);
    }

    /** Returns the host functions by import name. */
    Map<String, HostFunction> functions();

    /** Lets host functions call back into the instance, to allocate memory. */
    void bind(GuestInstance guest);

    /** Closes the descriptors that are still open. */
    @Override
    void close();
}
