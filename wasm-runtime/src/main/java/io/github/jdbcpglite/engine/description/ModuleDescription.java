package io.github.jdbcpglite.engine.description;

import io.github.jdbcpglite.engine.Signature;
import java.util.List;

/**
 * What instantiation computes of a main module, which is the same for every instance of it.
 *
 * <p>Parsing the module and evaluating thousands of constant expressions takes most of the time of
 * an instantiation, so the build does it once. The arrays are not copied and not changed; safe for
 * use by several threads.
 *
 * @param types the function types
 * @param functionTypes for each function, imported ones first, the index of its type
 * @param tableMaximum how many entries the function table may have
 * @param table for each entry of the table the number of its function, negative if it is empty
 * @param imports the imported functions in the order of their numbers
 * @param globals the raw initial values of all globals
 * @param exports what it exports
 */
public record ModuleDescription(
        List<Signature> types,
        int[] functionTypes,
        long tableMaximum,
        int[] table,
        List<ImportedFunction> imports,
        long[] globals,
        Exports exports) {
    /**
     * An imported function.
     *
     * @param name its name, without that of its module
     * @param type index of its type
     */
    public record ImportedFunction(String name, int type) {}
}
