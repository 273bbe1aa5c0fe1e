package io.github.jdbcpglite.build.outline;

import io.github.jdbcpglite.build.wasm.Global;
import io.github.jdbcpglite.build.wasm.ValType;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Globals that hand values from a moved run back to its caller, shared by all runs. */
final class ScratchGlobals {
    private final WasmModule module;
    private final Map<ValType, List<Integer>> globals = new EnumMap<>(ValType.class);

    ScratchGlobals(WasmModule module) {
        this.module = module;
    }

    /** Hands out the globals of one run; every value that is in flight needs its own. */
    Allocation allocate() {
        return new Allocation(new EnumMap<>(ValType.class));
    }

    int count() {
        return globals.values().stream().mapToInt(List::size).sum();
    }

    private int get(ValType type, int number) {
        List<Integer> ofType = globals.computeIfAbsent(type, key -> new ArrayList<>());
        while (ofType.size() <= number) {
            ofType.add(module.addGlobal(Global.mutableZero(type)));
        }
        return ofType.get(number);
    }

    /** Which globals one run has taken. */
    final class Allocation {
        private final Map<ValType, Integer> taken;

        private Allocation(Map<ValType, Integer> taken) {
            this.taken = taken;
        }

        /** Takes the next global of a type. */
        int next(ValType type) {
            int number = taken.merge(type, 1, Integer::sum) - 1;
            return get(type, number);
        }

        /** Starts another allocation behind this one, for one of several alternatives. */
        Allocation fork() {
            return new Allocation(new EnumMap<>(taken));
        }
    }
}
