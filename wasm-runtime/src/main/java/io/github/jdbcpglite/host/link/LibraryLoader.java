package io.github.jdbcpglite.host.link;

import io.github.jdbcpglite.engine.bytecode.memory.PagedLinearMemory;
import io.github.jdbcpglite.host.CompiledModule;
import io.github.jdbcpglite.host.GuestInstance;
import io.github.jdbcpglite.host.HostFunction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private final SideModules sideModules;
    private final Map<String, DynamicLinker.Linked> byPath = new LinkedHashMap<>();
    private final Map<String, CompiledModule> compiledByPath = new HashMap<>();
    private final Map<Integer, DynamicLinker.Linked> byHandle = new HashMap<>();
    private int firstEntry;
    private @Nullable GuestInstance guest;
    private @Nullable DynamicLinker linker;
    private Map<String, HostFunction> hostFunctions = Map.of();

    /**
     * Creates a loader that knows no libraries yet.
     *
     * @param sideModules the compiled libraries
     */
    public LibraryLoader(SideModules sideModules) {
        this.sideModules = sideModules;
    }

    /** Returns the two imports. */
    public Map<String, HostFunction> functions() {
        return Map.of(
                "_dlopen_js", args -> open((int) args[0]),
                "_dlsym_js", args -> symbol((int) args[0], (int) args[1]));
    }

    /** Binds the loader to its instance, whose host functions side modules may import too. */
    public void bind(GuestInstance instance, Map<String, HostFunction> functions) {
        guest = instance;
        hostFunctions = functions;
    }

    private GuestInstance guest() {
        GuestInstance bound = guest;
        if (bound == null) {
            throw new IllegalStateException("the loader has no instance yet");
        }
        return bound;
    }

    private DynamicLinker linker() {
        DynamicLinker created = linker;
        if (created == null) {
            firstEntry = guest().table().size();
            created = new DynamicLinker(guest(), hostFunctions);
            linker = created;
        }
        return created;
    }

    private long open(int handle) {
        PagedLinearMemory memory = guest().memory();
        String path = memory.readCString(handle + DSO_NAME, StandardCharsets.UTF_8);
        try {
            DynamicLinker.Linked linked = byPath.get(path);
            if (linked == null) {
                linked = load(path);
                byPath.put(path, linked);
            }
            byHandle.put(handle, linked);
            LinkedLibraries.Placement placement = linked.placement();
            memory.writeByte(handle + DSO_LOADED, (byte) 1);
            memory.writeI32(handle + DSO_MEMORY_ADDRESS, placement.memoryBase());
            memory.writeI32(handle + DSO_MEMORY_SIZE, placement.memorySize());
            memory.writeI32(handle + DSO_TABLE_ADDRESS, placement.tableBase());
            memory.writeI32(handle + DSO_TABLE_SIZE, placement.tableSize());
            return 1;
        } catch (LinkException e) {
            return fail("could not load dynamic library " + path + ": " + e.getMessage());
        }
    }

    private DynamicLinker.Linked load(String path) throws LinkException {
        CompiledModule compiled = sideModules.find(path);
        if (compiled == null) {
            throw new LinkException("no compiled module for it is on the class path");
        }
        compiledByPath.put(path, compiled);
        return linker().link(compiled);
    }

    /** Returns what is loaded now; on the instance's thread. */
    public LinkedLibraries linked() {
        if (byPath.isEmpty()) {
            return LinkedLibraries.NONE;
        }
        List<LinkedLibraries.Library> libraries = new ArrayList<>();
        byPath.forEach(
                (path, linked) ->
                        libraries.add(
                                new LinkedLibraries.Library(
                                        path,
                                        compiled(path),
                                        linked.placement(),
                                        handles(linked))));
        return new LinkedLibraries(libraries, firstEntry, linker().entries(firstEntry));
    }

    private CompiledModule compiled(String path) {
        CompiledModule compiled = compiledByPath.get(path);
        if (compiled == null) {
            throw new IllegalStateException(path + " was loaded from nowhere");
        }
        return compiled;
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
    public void restore(LinkedLibraries others) {
        if (others.size() == 0) {
            return;
        }
        DynamicLinker target = linker();
        if (!byPath.isEmpty() || firstEntry != others.firstEntry()) {
            throw new IllegalStateException(
                    "the function table has "
                            + firstEntry
                            + " entries, not "
                            + others.firstEntry()
                            + " as where the libraries were loaded");
        }
        try {
            // The memory has their data already, as it then was.
            guest().memory().ignoreBulkStores(true);
            relink(target, others);
        } catch (LinkException e) {
            throw new IllegalStateException("libraries that were loaded cannot be again", e);
        } finally {
            guest().memory().ignoreBulkStores(false);
        }
    }

    private void relink(DynamicLinker target, LinkedLibraries others) throws LinkException {
        target.reserve(others.entries().size());
        List<DynamicLinker.GlobalOffsets> offsets = new ArrayList<>();
        for (LinkedLibraries.Library library : others.libraries()) {
            DynamicLinker.GlobalOffsets own = new DynamicLinker.GlobalOffsets();
            offsets.add(own);
            DynamicLinker.Linked linked =
                    target.relink(library.compiled(), library.placement(), own);
            byPath.put(library.path(), linked);
            compiledByPath.put(library.path(), library.compiled());
            library.handles().forEach(handle -> byHandle.put(handle, linked));
        }
        target.restoreEntries(firstEntry, others.entries(), offsets);
    }

    private long symbol(int handle, int nameAddress) {
        String name = guest().memory().readCString(nameAddress, StandardCharsets.UTF_8);
        DynamicLinker.Linked linked = byHandle.get(handle);
        Integer value = linked == null ? null : linker().symbol(linked.module(), name);
        if (value == null) {
            return fail("undefined symbol: " + name);
        }
        return value;
    }

    /**
     * Sets what {@code dlerror()} returns; the message is a format, so percent signs are doubled.
     */
    private long fail(String message) {
        byte[] text = (message.replace("%", "%%") + "\0").getBytes(StandardCharsets.UTF_8);
        GuestInstance instance = guest();
        int stackPointer = instance.stackPointer();
        int address = (int) instance.call("_emscripten_stack_alloc", text.length);
        instance.memory().write(address, text);
        instance.call("__dl_seterr", address, 0);
        instance.stackPointer(stackPointer);
        return 0;
    }
}
