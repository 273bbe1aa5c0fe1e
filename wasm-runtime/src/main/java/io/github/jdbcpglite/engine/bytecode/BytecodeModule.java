package io.github.jdbcpglite.engine.bytecode;

import com.dylibso.chicory.runtime.GlobalInstance;
import io.github.jdbcpglite.engine.LinkedModule;
import io.github.jdbcpglite.engine.description.Exports;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A module of a guest: who runs its functions, and what it exports. */
final class BytecodeModule implements LinkedModule {
    private final FunctionOwner functions;
    private final Exports exports;
    private final int memoryBase;
    private final @Nullable Offsets offsets;

    /**
     * Makes a module.
     *
     * @param memoryBase what the addresses of its exported data are relative to
     * @param offsets of a library
     */
    BytecodeModule(
            FunctionOwner functions, Exports exports, int memoryBase, @Nullable Offsets offsets) {
        this.functions = functions;
        this.exports = exports;
        this.memoryBase = memoryBase;
        this.offsets = offsets;
    }

    /** A library's globals whose values are known only once it is instantiated. */
    static final class Offsets {
        final Map<String, GlobalInstance> data = new HashMap<>();
        final Map<String, GlobalInstance> functions = new HashMap<>();
    }

    FunctionOwner functions() {
        return functions;
    }

    Exports exports() {
        return exports;
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

    @Override
    public long call(int function, long... args) {
        long[] results = functions.call(function, args);
        return results == null || results.length == 0 ? 0 : results[0];
    }

    @Override
    public void dataOffset(String name, int address) {
        set(offsets == null ? null : offsets.data.get(name), name, address);
    }

    @Override
    public void functionOffset(String name, int index) {
        set(offsets == null ? null : offsets.functions.get(name), name, index);
    }

    private static void set(@Nullable GlobalInstance global, String name, int value) {
        if (global == null) {
            throw new IllegalArgumentException("the module does not ask where " + name + " is");
        }
        global.setValue((long) value);
    }
}
