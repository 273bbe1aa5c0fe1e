package io.github.jdbcpglite.engine;

import org.jspecify.annotations.Nullable;

/** A module of a guest, the main one or a library. Belongs to the guest's thread. */
public interface LinkedModule {
    /** Returns the number of an exported function, or -1. */
    int function(String name);

    /** Returns the address of exported data, or {@code null}. */
    @Nullable Integer address(String name);

    /**
     * Calls a function by its number.
     *
     * @return the raw result, 0 for a function without one
     */
    long call(int function, long... args);

    /**
     * Sets where the data is to which a library refers by name ({@code GOT.mem}).
     *
     * @throws IllegalArgumentException if it refers to no such data
     */
    void dataOffset(String name, int address);

    /**
     * Sets the table index of a function to which a library refers by name ({@code GOT.func}).
     *
     * @throws IllegalArgumentException if it refers to no such function
     */
    void functionOffset(String name, int index);
}
