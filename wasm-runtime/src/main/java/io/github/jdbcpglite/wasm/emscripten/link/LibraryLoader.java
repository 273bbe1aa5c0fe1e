package io.github.jdbcpglite.wasm.emscripten.link;

import io.github.jdbcpglite.wasm.emscripten.CompiledModule;
import io.github.jdbcpglite.wasm.emscripten.GuestInstance;
import io.github.jdbcpglite.wasm.emscripten.HostFunction;
import io.github.jdbcpglite.wasm.memory.PagedLinearMemory;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
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
    private final Map<String, DynamicLinker.Placement> byPath = new HashMap<>();
    private final Map<Integer, DynamicLinker.Placement> byHandle = new HashMap<>();
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
            created = new DynamicLinker(guest(), hostFunctions);
            linker = created;
        }
        return created;
    }

    private long open(int handle) {
        PagedLinearMemory memory = guest().memory();
        String path = memory.readCString(handle + DSO_NAME, StandardCharsets.UTF_8);
        try {
            DynamicLinker.Placement placement = byPath.get(path);
            if (placement == null) {
                placement = load(path);
                byPath.put(path, placement);
            }
            byHandle.put(handle, placement);
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

    private DynamicLinker.Placement load(String path) throws LinkException {
        CompiledModule compiled = sideModules.find(path);
        if (compiled == null) {
            throw new LinkException("no compiled module for it is on the class path");
        }
        return linker().link(compiled);
    }

    private long symbol(int handle, int nameAddress) {
        String name = guest().memory().readCString(nameAddress, StandardCharsets.UTF_8);
        DynamicLinker.Placement placement = byHandle.get(handle);
        Integer value = placement == null ? null : linker().symbol(placement.module(), name);
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
