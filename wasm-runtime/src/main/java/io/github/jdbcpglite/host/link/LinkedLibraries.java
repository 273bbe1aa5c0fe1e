package io.github.jdbcpglite.host.link;

import io.github.jdbcpglite.engine.LibraryModule;
import java.util.List;

/**
 * The libraries of a process at one moment, for a copy of its memory: where each lies, and what the
 * function table holds for them. {@link LibraryLoader#restore} puts them into another process,
 * where every address and function pointer in the copied memory then means the same.
 *
 * <p>Immutable.
 */
public final class LinkedLibraries {
    /** No libraries. */
    public static final LinkedLibraries NONE = new LinkedLibraries(List.of(), 0, List.of());

    private final List<Library> libraries;
    private final int firstEntry;
    private final List<Entry> entries;

    LinkedLibraries(List<Library> libraries, int firstEntry, List<Entry> entries) {
        this.libraries = List.copyOf(libraries);
        this.firstEntry = firstEntry;
        this.entries = List.copyOf(entries);
    }

    /**
     * A library.
     *
     * @param path its path in the guest's file system
     * @param module the module
     * @param placement where it lies
     * @param handles the guest's handles for it
     */
    record Library(String path, LibraryModule module, Placement placement, List<Integer> handles) {}

    /**
     * Where a module's data and table entries lie.
     *
     * @param memoryBase address of its data
     * @param memorySize bytes of data
     * @param tableBase first of its table entries
     * @param tableSize number of table entries
     */
    record Placement(int memoryBase, int memorySize, int tableBase, int tableSize) {}

    /**
     * An entry of the function table.
     *
     * @param module number of the module it is a function of, in the order of loading, the main
     *     module being 0; negative for an entry that is empty
     * @param function index of the function in the module
     */
    record Entry(int module, int function) {
        static final Entry EMPTY = new Entry(-1, 0);
    }

    List<Library> libraries() {
        return libraries;
    }

    /** Returns the index of the first table entry that is the libraries'. */
    int firstEntry() {
        return firstEntry;
    }

    /** Returns the table's entries from the first on. */
    List<Entry> entries() {
        return entries;
    }

    /** Returns how many there are. */
    public int size() {
        return libraries.size();
    }

    @Override
    public String toString() {
        return libraries.stream().map(Library::path).toList().toString();
    }
}
