package io.github.jdbcpglite.engine.bytecode;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExportSection;
import com.dylibso.chicory.wasm.types.ExternalType;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The exported functions and data addresses of a module. Immutable. */
public final class Exports {
    static final String STACK_POINTER = "__stack_pointer";

    private final int stackPointer;
    private final Map<String, Integer> functions;
    private final Map<String, Integer> addresses;

    Exports(int stackPointer, Map<String, Integer> functions, Map<String, Integer> addresses) {
        this.stackPointer = stackPointer;
        this.functions = functions;
        this.addresses = addresses;
    }

    /** Reads the exports of an instance whose globals are initialised. */
    public static Exports of(Instance instance) {
        Map<String, Integer> functions = new HashMap<>();
        Map<String, Integer> addresses = new HashMap<>();
        int stackPointer = -1;
        ExportSection section = instance.module().exportSection();
        for (int i = 0; i < section.exportCount(); i++) {
            Export export = section.getExport(i);
            if (export.exportType() == ExternalType.FUNCTION) {
                functions.put(export.name(), export.index());
            } else if (export.name().equals(STACK_POINTER)) {
                stackPointer = export.index();
            } else if (export.exportType() == ExternalType.GLOBAL) {
                addresses.put(export.name(), (int) instance.global(export.index()).getValue());
            }
        }
        return new Exports(stackPointer, functions, addresses);
    }

    /** Returns the index of an exported function, or -1. */
    public int function(String name) {
        return functions.getOrDefault(name, -1);
    }

    /** Returns the address of exported data, or {@code null}. */
    public @Nullable Integer address(String name) {
        return addresses.get(name);
    }

    /** Returns the index of the exported global that holds the stack pointer, or -1. */
    public int stackPointer() {
        return stackPointer;
    }

    Map<String, Integer> functions() {
        return functions;
    }

    Map<String, Integer> addresses() {
        return addresses;
    }
}
