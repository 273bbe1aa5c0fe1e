package io.github.jdbcpglite.host.link;

import io.github.jdbcpglite.engine.Engine;
import io.github.jdbcpglite.engine.Guest;
import io.github.jdbcpglite.engine.HostFunction;
import io.github.jdbcpglite.engine.LibraryModule;
import io.github.jdbcpglite.engine.LinearMemory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The imports behind {@code dlopen} and {@code dlsym}.
 *
 * <p>The handle is a {@code struct dso} of musl as Emscripten defines it: flags at 4, loaded at 8,
 * memory address at 12 and size at 16, table address at 20 and size at 24, name at 36.
 */
public final class LibraryLoader {
    private static final int DSO_LOADED = 8;
    private static final int DSO_MEMORY_ADDRESS = 12;
    private static final int DSO_MEMORY_SIZE = 16;
    private static final int DSO_TABLE_ADDRESS = 20;
    private static final int DSO_TABLE_SIZE = 24;
    private static final int DSO_NAME = 36;

    private final Engine engine;
    private final SideModules sideModules;
    private final Map<String, DynamicLinker.Linked> byPath = new LinkedHashMap<>();
    private final Map<Integer, DynamicLinker.Linked> byHandle = new HashMap<>();
    private int firstEntry;
    private @Nullable DynamicLinker linker;
    private Map<String, HostFunction> hostFunctions = Map.of();

    /**
     * Creates a loader that knows no libraries yet.
     *
     * @param engine runs the guest and its libraries
     * @param sideModules the compiled libraries
     */
    public LibraryLoader(Engine engine, SideModules sideModules) {
        this.engine = engine;
        this.sideModules = sideModules;
    }

    /** Returns the two imports. */
    public Map<String, HostFunction> functions() {
        return Map.of(
                "_dlopen_js", (caller, args) -> open(caller, (int) args[0]),
                "_dlsym_js", (caller, args) -> symbol(caller, (int) args[0], (int) args[1]));
    }

    /** Sets the guest's host functions, which libraries may import too; before any is loaded. */
    public void hostFunctions(Map<String, HostFunction> functions) {
        hostFunctions = functions;
    }

    private DynamicLinker linker(Guest guest) {
        DynamicLinker created = linker;
        if (created == null) {
            firstEntry = guest.table().size();
            created = new DynamicLinker(engine, guest, hostFunctions);
            linker = created;
        }
        return created;
    }

    private long open(Guest guest, int handle) {
        LinearMemory memory = guest.memory();
        String path = memory.getString(handle + DSO_NAME, StandardCharsets.UTF_8);
        try {
            DynamicLinker.Linked linked = byPath.get(path);
            if (linked == null) {
                linked = load(guest, path);
                byPath.put(path, linked);
            }
            byHandle.put(handle, linked);
            LinkedLibraries.Placement placement = linked.placement();
            memory.putByte(handle + DSO_LOADED, (byte) 1);
            memory.putInt(handle + DSO_MEMORY_ADDRESS, placement.memoryBase());
            memory.putInt(handle + DSO_MEMORY_SIZE, placement.memorySize());
            memory.putInt(handle + DSO_TABLE_ADDRESS, placement.tableBase());
            memory.putInt(handle + DSO_TABLE_SIZE, placement.tableSize());
            return 1;
        } catch (LinkException e) {
            return fail(guest, "could not load dynamic library " + path + ": " + e.getMessage());
        }
    }

    private DynamicLinker.Linked load(Guest guest, String path) throws LinkException {
        LibraryModule library = sideModules.find(path);
        if (library == null) {
            throw new LinkException("no compiled module for it is on the class path");
        }
        DynamicLinker used = linker(guest);
        loadSupport(used, used.missing(library));
        return used.link(library);
    }

    /** Loads the libraries of our own that have one of the functions. */
    private void loadSupport(DynamicLinker used, Set<String> wanted) throws LinkException {
        if (wanted.isEmpty()) {
            return;
        }
        for (String path : SideModules.SUPPORT) {
            LibraryModule support = byPath.containsKey(path) ? null : sideModules.find(path);
            if (support != null && wanted.stream().anyMatch(support::exportsFunction)) {
                byPath.put(path, used.link(support));
            }
        }
    }

    /** Returns what is loaded now; on the guest's thread. */
    public LinkedLibraries linked() {
        DynamicLinker used = linker;
        if (used == null || byPath.isEmpty()) {
            return LinkedLibraries.NONE;
        }
        List<LinkedLibraries.Library> libraries = new ArrayList<>();
        byPath.forEach(
                (path, linked) ->
                        libraries.add(
                                new LinkedLibraries.Library(
                                        path,
                                        linked.library(),
                                        linked.placement(),
                                        handles(linked))));
        return new LinkedLibraries(libraries, firstEntry, used.entries(firstEntry));
    }

    private List<Integer> handles(DynamicLinker.Linked linked) {
        return byHandle.entrySet().stream()
                .filter(entry -> entry.getValue().equals(linked))
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Loads the libraries of a process whose memory this one's is a copy of. Its memory must still
     * be frozen, and its function table be as long as the other's was before it loaded the first.
     *
     * @throws IllegalStateException if the table is not, or a library cannot be placed as it was
     */
    public void restore(Guest guest, LinkedLibraries others) {
        if (others.size() == 0) {
            return;
        }
        DynamicLinker target = linker(guest);
        if (!byPath.isEmpty() || firstEntry != others.firstEntry()) {
            throw new IllegalStateException(
                    "the function table has "
                            + firstEntry
                            + " entries, not "
                            + others.firstEntry()
                            + " as where the libraries were loaded");
        }
        try {
            relink(target, others);
        } catch (LinkException e) {
            throw new IllegalStateException("libraries that were loaded cannot be again", e);
        }
    }

    private void relink(DynamicLinker target, LinkedLibraries others) throws LinkException {
        target.reserve(others.entries().size());
        List<DynamicLinker.Linked> restored = new ArrayList<>();
        for (LinkedLibraries.Library library : others.libraries()) {
            DynamicLinker.Linked linked = target.relink(library.module(), library.placement());
            restored.add(linked);
            byPath.put(library.path(), linked);
            library.handles().forEach(handle -> byHandle.put(handle, linked));
        }
        target.restoreEntries(firstEntry, others.entries(), restored);
    }

    private long symbol(Guest guest, int handle, int nameAddress) {
        String name = guest.memory().getString(nameAddress, StandardCharsets.UTF_8);
        DynamicLinker.Linked linked = byHandle.get(handle);
        Integer value = linked == null ? null : linker(guest).symbol(linked.module(), name);
        if (value == null) {
            return fail(guest, "undefined symbol: " + name);
        }
        return value;
    }

    /**
     * Sets what {@code dlerror()} returns; the message is a format, so percent signs are doubled.
     */
    private static long fail(Guest guest, String message) {
        byte[] text = (message.replace("%", "%%") + "\0").getBytes(StandardCharsets.UTF_8);
        int stackPointer = guest.stackPointer();
        int address = (int) guest.call("_emscripten_stack_alloc", text.length);
        guest.memory().put(address, text);
        guest.call("__dl_seterr", address, 0);
        guest.stackPointer(stackPointer);
        return 0;
    }
}
