package io.github.jdbcpglite.engine;

import java.util.Map;

/**
 * How a library is linked to a guest.
 *
 * @param memoryBase address of its data, aligned as it asks for
 * @param tableBase first of its entries in the function table, which are there already
 * @param functions what its imports call, by name; one that is absent is the library's own export,
 *     or one that the engine provides
 * @param dataPresent whether the memory has the library's data already, so that none is written
 */
public record Linkage(
        int memoryBase, int tableBase, Map<String, Callee> functions, boolean dataPresent) {
    /** Copies the map. */
    public Linkage {
        functions = Map.copyOf(functions);
    }

    /** What an import of a library calls. */
    public sealed interface Callee {}

    /**
     * A function of the host.
     *
     * @param function the function
     */
    public record OfHost(HostFunction function) implements Callee {}

    /**
     * A function of a module of the same guest.
     *
     * @param module whose function
     * @param function its number
     */
    public record OfModule(LinkedModule module, int function) implements Callee {}
}
