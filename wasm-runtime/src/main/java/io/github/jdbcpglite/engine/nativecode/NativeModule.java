package io.github.jdbcpglite.engine.nativecode;

import io.github.jdbcpglite.engine.HostFunction;
import io.github.jdbcpglite.engine.LinkedModule;
import io.github.jdbcpglite.engine.description.Exports;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A module of a guest: its instance's slot, what it imports from the host, what it exports. */
final class NativeModule implements LinkedModule {
    private final NativeGuest guest;
    private final int slot;
    private final int functionCount;
    private final Exports exports;
    private final HostFunction[] imports;
    private final int memoryBase;

    /** Where a library's offsets are in the header, by name. */
    private final Map<String, Integer> dataOffsets;

    private final Map<String, Integer> functionOffsets;

    NativeModule(
            NativeGuest guest,
            int slot,
            int functionCount,
            Exports exports,
            HostFunction[] imports,
            int memoryBase,
            Map<String, Integer> dataOffsets,
            Map<String, Integer> functionOffsets) {
        this.guest = guest;
        this.slot = slot;
        this.functionCount = functionCount;
        this.exports = exports;
        this.imports = imports;
        this.memoryBase = memoryBase;
        this.dataOffsets = dataOffsets;
        this.functionOffsets = functionOffsets;
    }

    int slot() {
        return slot;
    }

    HostFunction imported(int number) {
        return imports[number];
    }

    @Override
    public int function(String name) {
        return exports.function(name);
    }

    @Override
    public @Nullable Integer address(String name) {
        Integer offset = exports.address(name);
        return offset == null ? null : Integer.valueOf(offset + memoryBase);
    }

    /** Returns a number if there is such a function; native code would not look. */
    int checked(int function) {
        if (function < 0 || function >= functionCount) {
            throw new IllegalArgumentException("the module has no function " + function);
        }
        return function;
    }

    @Override
    public long call(int function, long... args) {
        return guest.call(slot, checked(function), args);
    }

    @Override
    public void dataOffset(String name, int address) {
        set(dataOffsets.get(name), name, address);
    }

    @Override
    public void functionOffset(String name, int index) {
        set(functionOffsets.get(name), name, index);
    }

    private void set(@Nullable Integer offset, String name, int value) {
        if (offset == null) {
            throw new IllegalArgumentException("the module does not ask where " + name + " is");
        }
        guest.memory().head().putLong(offset, Integer.toUnsignedLong(value));
    }
}
