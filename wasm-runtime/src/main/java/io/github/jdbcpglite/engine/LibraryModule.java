package io.github.jdbcpglite.engine;

import java.util.List;

/**
 * A shared library as an engine runs it. Immutable; safe for use by several threads.
 *
 * @see <a href="https://github.com/WebAssembly/tool-conventions/blob/main/DynamicLinking.md">
 *     WebAssembly: dynamic linking</a>
 */
public interface LibraryModule {
    /** Returns the names of the functions that it imports. */
    List<String> importedFunctions();

    /** Returns the names of data whose addresses it wants to be told. */
    List<String> dataOffsets();

    /** Returns the names of functions whose table indexes it wants to be told. */
    List<String> functionOffsets();

    /** Returns whether it exports a function of a name. */
    boolean exportsFunction(String name);

    /**
     * Returns the room that it asks for.
     *
     * @throws ModuleException if it is no library, or asks for what is not known
     */
    Room room();

    /**
     * What a library asks for.
     *
     * @param memorySize bytes of data
     * @param memoryAlignment their alignment in bytes, a power of two
     * @param tableSize number of table entries
     */
    record Room(int memorySize, int memoryAlignment, int tableSize) {}
}
