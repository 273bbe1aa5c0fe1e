package io.github.jdbcpglite.engine.description;

import io.github.jdbcpglite.engine.LibraryModule;
import java.util.List;

/**
 * What linking a library needs to know of it beside its code. Arrays are not copied and not
 * changed; safe for use by several threads.
 *
 * @param room what it asks for
 * @param functionCount how many functions it has, the imported ones included
 * @param start number of the function that instantiation calls at its end, or -1
 * @param imports the names of the functions that it imports, in the order of their numbers
 * @param importedGlobals the globals that it imports, which come before its own
 * @param globals initial values of its own globals
 * @param exports what it exports; addresses are relative to its data
 * @param data what belongs into memory
 * @param elements what belongs into the table
 * @see <a href="https://github.com/WebAssembly/tool-conventions/blob/main/DynamicLinking.md">
 *     WebAssembly: dynamic linking</a>
 */
public record LibraryDescription(
        LibraryModule.Room room,
        int functionCount,
        int start,
        List<String> imports,
        List<ImportedGlobal> importedGlobals,
        List<Value> globals,
        Exports exports,
        List<Data> data,
        List<Elements> elements) {
    /** The module under whose name a library asks where data is. */
    public static final String DATA_OFFSETS = "GOT.mem";

    /** The module under whose name a library asks for table indexes of functions. */
    public static final String FUNCTION_OFFSETS = "GOT.func";

    /** The name of the global that says where a library's data is. */
    public static final String MEMORY_BASE = "__memory_base";

    /** The name of the global that says where a library's table entries are. */
    public static final String TABLE_BASE = "__table_base";

    /**
     * An imported global.
     *
     * @param module the name of its module
     * @param name its name
     */
    public record ImportedGlobal(String module, String name) {}

    /**
     * A value that is known when the library is linked: a constant, plus that of a global.
     *
     * @param global number of the global, or -1 for none
     * @param constant the raw constant
     */
    public record Value(int global, long constant) {}

    /**
     * Bytes that belong into memory.
     *
     * @param at their address
     * @param bytes the bytes
     */
    public record Data(Value at, byte[] bytes) {}

    /**
     * Functions that belong into the table.
     *
     * @param at index of the first
     * @param functions their numbers, negative for an empty entry
     */
    public record Elements(Value at, int[] functions) {}
}
