package io.github.jdbcpglite.engine;

/**
 * A guest process: one instance of a main module, its memory, its function table, and the libraries
 * that were linked to it.
 *
 * <p>Belongs to one thread at a time. What leaves a call into it is a {@link Trap}, or what a host
 * function threw: it passes through all frames of the guest. The guest's stack pointer is then as
 * it was where that happened.
 *
 * <p>Raw values are longs: an i32 or f32 is in the low 32 bits, and floats are their bits.
 */
public interface Guest {
    /** Returns its linear memory. */
    LinearMemory memory();

    /** Returns the main module. */
    LinkedModule main();

    /** Returns the function table, whose indexes are the guest's function pointers. */
    GuestTable table();

    /**
     * Calls an exported function of the main module.
     *
     * @return the raw result, 0 for a function without one
     * @throws IllegalStateException if it exports no such function
     */
    long call(String function, long... args);

    /**
     * Calls a function of the table.
     *
     * @return the raw result, 0 for a function without one
     * @throws Trap if there is no such entry, or it is empty
     */
    long callIndirect(int index, long... args);

    /** Returns the guest's stack pointer. */
    int stackPointer();

    /** Sets the guest's stack pointer. */
    void stackPointer(int value);

    /** Returns what looks at the stack of its thread, always the same object. */
    StackProbe stackProbe();

    /**
     * Appends a host function to the table, so that the guest can hold a pointer to it.
     *
     * @param signature its type, which the main module must know
     * @return its index in the table
     */
    int addFunction(Signature signature, HostFunction function);

    /**
     * Links a library: its data and table entries are put where the linkage says. No function of it
     * has run, and its offsets are 0.
     */
    LinkedModule link(LibraryModule library, Linkage linkage);
}
