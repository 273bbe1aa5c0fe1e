package io.github.jdbcpglite.engine.nativecode;

/**
 * Where things are in a reservation, as the library says.
 *
 * @param bytes size of the header; linear memory follows
 * @param values offset of the raw values of a call
 * @param valuesMax how many values there can be
 * @param stackPointer offset of the guest's stack pointer, an i32
 * @param globals offset of the main module's globals
 * @param globalsMax how many globals a main module may have
 * @param tableMax how many entries a table may have
 * @param modulesMax how many modules a process may have
 */
record Header(
        int bytes,
        int values,
        int valuesMax,
        int stackPointer,
        int globals,
        int globalsMax,
        int tableMax,
        int modulesMax) {
    /** Asks the library, which is loaded. */
    static Header ask() {
        long[] at = Native.layout();
        return new Header(
                (int) at[0],
                (int) at[1],
                (int) at[2],
                (int) at[3],
                (int) at[4],
                (int) at[5],
                (int) at[6],
                (int) at[7]);
    }
}
