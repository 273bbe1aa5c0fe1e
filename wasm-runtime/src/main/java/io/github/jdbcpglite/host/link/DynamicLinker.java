package io.github.jdbcpglite.host.link;

import io.github.jdbcpglite.engine.Engine;
import io.github.jdbcpglite.engine.Guest;
import io.github.jdbcpglite.engine.HostFunction;
import io.github.jdbcpglite.engine.LibraryModule;
import io.github.jdbcpglite.engine.Linkage;
import io.github.jdbcpglite.engine.LinkedModule;
import io.github.jdbcpglite.engine.ModuleException;
import io.github.jdbcpglite.host.link.LinkedLibraries.Placement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Links side modules to a running main module: places their data and table entries, resolves their
 * symbols, relocates and initialises them.
 */
final class DynamicLinker {
    private static final int MINIMAL_ALIGNMENT = 16;

    private final Engine engine;
    private final Guest guest;
    private final Map<String, HostFunction> hostFunctions;
    private final TableIndex tableIndex;

    /** The main module first, then the libraries in the order of loading. */
    private final List<LinkedModule> modules = new ArrayList<>();

    DynamicLinker(Engine engine, Guest guest, Map<String, HostFunction> hostFunctions) {
        this.engine = engine;
        this.guest = guest;
        this.hostFunctions = new HashMap<>(AbsentFunctions.all());
        this.hostFunctions.putAll(hostFunctions);
        this.tableIndex = new TableIndex(guest);
        modules.add(guest.main());
    }

    /**
     * A module that was loaded.
     *
     * @param library what it is an instance of
     * @param module its symbols
     * @param placement where it lies
     */
    record Linked(LibraryModule library, LinkedModule module, Placement placement) {}

    /**
     * Loads a side module.
     *
     * @return the module and where it was placed
     */
    Linked link(LibraryModule library) throws LinkException {
        LibraryModule.Room room = room(library);
        Map<String, Linkage.Callee> functions = functions(library);
        int memoryBase = allocate(room);
        int tableBase = room.tableSize() == 0 ? 0 : tableIndex.reserve(room.tableSize());
        Placement placement =
                new Placement(memoryBase, room.memorySize(), tableBase, room.tableSize());
        Linked linked = instantiate(library, placement, functions, false);
        try {
            resolve(linked);
        } catch (LinkException e) {
            modules.remove(linked.module());
            throw e;
        }
        callIfExported(linked.module(), "__wasm_apply_data_relocs");
        callIfExported(linked.module(), "__wasm_call_ctors");
        return linked;
    }

    /** Loads a side module whose data the memory has already, as far as its table entries. */
    Linked relink(LibraryModule library, Placement placement) throws LinkException {
        return instantiate(library, placement, functions(library), true);
    }

    private Linked instantiate(
            LibraryModule library,
            Placement placement,
            Map<String, Linkage.Callee> functions,
            boolean dataPresent) {
        LinkedModule module =
                guest.link(
                        library,
                        new Linkage(
                                placement.memoryBase(),
                                placement.tableBase(),
                                functions,
                                dataPresent));
        modules.add(module);
        tableIndex.learn(placement.tableBase(), placement.tableSize());
        return new Linked(library, module, placement);
    }

    private static LibraryModule.Room room(LibraryModule library) throws LinkException {
        try {
            return library.room();
        } catch (ModuleException e) {
            throw new LinkException(String.valueOf(e.getMessage()));
        }
    }

    private static void callIfExported(LinkedModule module, String name) {
        int function = module.function(name);
        if (function >= 0) {
            module.call(function);
        }
    }

    /** Returns the table from an index on, in terms of the modules loaded. */
    List<LinkedLibraries.Entry> entries(int first) {
        return tableIndex.entries(first, modules);
    }

    /** Makes room for entries that are put back one by one. */
    void reserve(int count) throws LinkException {
        tableIndex.reserve(count);
    }

    /**
     * Fills the entries that no module fills itself, and then what the modules import by address.
     */
    void restoreEntries(int first, List<LinkedLibraries.Entry> entries, List<Linked> libraries)
            throws LinkException {
        for (int i = 0; i < entries.size(); i++) {
            LinkedLibraries.Entry entry = entries.get(i);
            if (entry.module() >= 0) {
                tableIndex.put(first + i, modules.get(entry.module()), entry.function());
            }
        }
        for (Linked library : libraries) {
            resolve(library);
        }
    }

    /**
     * Returns the table index of a module's function or the address of its data, or {@code null}.
     */
    @Nullable Integer symbol(LinkedModule module, String name) {
        int function = module.function(name);
        return function >= 0
                ? Integer.valueOf(tableIndex.of(module, function))
                : module.address(name);
    }

    private int allocate(LibraryModule.Room room) throws LinkException {
        if (room.memorySize() == 0) {
            return 0;
        }
        int alignment = Math.max(room.memoryAlignment(), MINIMAL_ALIGNMENT);
        int address = (int) guest.call("emscripten_builtin_memalign", alignment, room.memorySize());
        if (address == 0) {
            throw new LinkException("out of memory for its data");
        }
        guest.memory().fill(address, room.memorySize(), (byte) 0);
        return address;
    }

    /** Finds what a library's imports call: other modules come before the host. */
    private Map<String, Linkage.Callee> functions(LibraryModule library) throws LinkException {
        requireNone(missing(library));
        Map<String, Linkage.Callee> found = new HashMap<>();
        for (String name : library.importedFunctions()) {
            Linkage.Callee callee = function(name);
            if (callee != null) {
                found.put(name, callee);
            }
        }
        return found;
    }

    /** Returns the functions that a library calls and nothing that is loaded has. */
    Set<String> missing(LibraryModule library) {
        Set<String> missing = new TreeSet<>();
        for (String name : library.importedFunctions()) {
            if (!library.exportsFunction(name)
                    && !engine.provides(name)
                    && function(name) == null) {
                missing.add(name);
            }
        }
        return missing;
    }

    private Linkage.@Nullable Callee function(String name) {
        for (LinkedModule module : modules) {
            int function = module.function(name);
            if (function >= 0) {
                return new Linkage.OfModule(module, function);
            }
        }
        HostFunction function = hostFunctions.get(name);
        return function == null ? null : new Linkage.OfHost(function);
    }

    private void resolve(Linked linked) throws LinkException {
        Set<String> missing = new TreeSet<>();
        for (String name : linked.library().dataOffsets()) {
            Integer address = dataAddress(name);
            if (address == null) {
                missing.add(name);
            } else {
                linked.module().dataOffset(name, address);
            }
        }
        for (String name : linked.library().functionOffsets()) {
            Integer index = functionPointer(name);
            if (index == null) {
                missing.add(name);
            } else {
                linked.module().functionOffset(name, index);
            }
        }
        requireNone(missing);
    }

    private static void requireNone(Set<String> missing) throws LinkException {
        if (!missing.isEmpty()) {
            throw new LinkException("undefined symbols: " + String.join(", ", missing));
        }
    }

    private @Nullable Integer dataAddress(String name) {
        for (LinkedModule module : modules) {
            Integer address = module.address(name);
            if (address != null) {
                return address;
            }
        }
        return null;
    }

    private @Nullable Integer functionPointer(String name) {
        for (LinkedModule module : modules) {
            int function = module.function(name);
            if (function >= 0) {
                return tableIndex.of(module, function);
            }
        }
        return null;
    }
}
