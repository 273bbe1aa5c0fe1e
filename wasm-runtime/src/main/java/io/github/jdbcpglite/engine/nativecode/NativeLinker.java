package io.github.jdbcpglite.engine.nativecode;

import io.github.jdbcpglite.engine.HostFunction;
import io.github.jdbcpglite.engine.Linkage;
import io.github.jdbcpglite.engine.ModuleException;
import io.github.jdbcpglite.engine.description.Exports;
import io.github.jdbcpglite.engine.description.LibraryDescription;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes an instance of one library in a guest. */
final class NativeLinker {
    private final NativeGuest guest;
    private final NativeLibrary library;
    private final LibraryDescription description;
    private final Linkage linkage;
    private final int slot;

    /** Raw values of all globals. */
    private final long[] globals;

    private final Map<String, Integer> dataOffsets = new HashMap<>();
    private final Map<String, Integer> functionOffsets = new HashMap<>();

    NativeLinker(NativeGuest guest, NativeLibrary library, Linkage linkage) {
        this.guest = guest;
        this.library = library;
        this.description = library.description();
        this.linkage = linkage;
        this.slot = library.code().slot();
        this.globals =
                new long[description.importedGlobals().size() + description.globals().size()];
    }

    NativeModule link() {
        NativeMemory memory = guest.memory();
        long at = Native.newInstance(memory.at(), library.code().address(), slot);
        if (at == 0) {
            throw new ModuleException("the process has no room for another library", null);
        }
        int globalsAt = (int) at;
        computeGlobals(globalsAt);
        for (int i = 0; i < globals.length; i++) {
            memory.head().putLong(globalsAt + i * Long.BYTES, globals[i]);
        }
        NativeModule module =
                new NativeModule(
                        guest,
                        slot,
                        description.functionCount(),
                        description.exports(),
                        imports(),
                        linkage.memoryBase(),
                        dataOffsets,
                        functionOffsets);
        if (!linkage.dataPresent()) {
            for (LibraryDescription.Data data : description.data()) {
                memory.put((int) value(data.at()), data.bytes());
            }
        }
        for (LibraryDescription.Elements elements : description.elements()) {
            int first = (int) value(elements.at());
            for (int i = 0; i < elements.functions().length; i++) {
                if (elements.functions()[i] >= 0) {
                    guest.table().set(first + i, module, elements.functions()[i]);
                }
            }
        }
        if (description.start() >= 0) {
            start(module);
        }
        return module;
    }

    /** Its start sets globals, and clears what of its data is not stored. */
    private void start(NativeModule module) {
        NativeMemory memory = guest.memory();
        int size = linkage.dataPresent() ? description.room().memorySize() : 0;
        byte[] present = memory.getBytes(linkage.memoryBase(), size);
        module.call(description.start());
        memory.put(linkage.memoryBase(), present);
    }

    private void computeGlobals(int globalsAt) {
        List<LibraryDescription.ImportedGlobal> imported = description.importedGlobals();
        int next = 0;
        for (LibraryDescription.ImportedGlobal global : imported) {
            int offset = globalsAt + next * Long.BYTES;
            switch (global.module()) {
                case LibraryDescription.DATA_OFFSETS -> dataOffsets.put(global.name(), offset);
                case LibraryDescription.FUNCTION_OFFSETS ->
                        functionOffsets.put(global.name(), offset);
                default -> globals[next] = base(global);
            }
            next++;
        }
        for (LibraryDescription.Value value : description.globals()) {
            globals[next++] = value(value);
        }
    }

    private long base(LibraryDescription.ImportedGlobal global) {
        return switch (global.name()) {
            case LibraryDescription.MEMORY_BASE -> Integer.toUnsignedLong(linkage.memoryBase());
            case LibraryDescription.TABLE_BASE -> Integer.toUnsignedLong(linkage.tableBase());
            case Exports.STACK_POINTER -> 0; // the guest's, which is in its context
            default ->
                    throw new ModuleException(
                            "unknown global " + global.module() + "." + global.name(), null);
        };
    }

    private long value(LibraryDescription.Value value) {
        return value.global() < 0 ? value.constant() : globals[value.global()] + value.constant();
    }

    private HostFunction[] imports() {
        List<String> names = description.imports();
        HostFunction[] functions = new HostFunction[names.size()];
        for (int i = 0; i < functions.length; i++) {
            String name = names.get(i);
            Linkage.Callee callee = linkage.functions().get(name);
            if (callee instanceof Linkage.OfModule of) {
                bind(i, (NativeModule) of.module(), of.function());
                functions[i] = guest.engine().resolve(name, Map.of());
            } else if (callee instanceof Linkage.OfHost of) {
                functions[i] = of.function();
            } else {
                bindOwn(i, name);
                functions[i] = guest.engine().resolve(name, Map.of());
            }
        }
        return functions;
    }

    private void bind(int imported, NativeModule to, int function) {
        Native.bindImport(guest.memory().at(), slot, imported, to.slot(), to.checked(function));
    }

    private void bindOwn(int imported, String name) {
        int function = description.exports().function(name);
        if (function >= 0) {
            Native.bindImport(guest.memory().at(), slot, imported, slot, function);
        }
    }
}
