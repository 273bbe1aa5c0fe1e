package io.github.jdbcpglite.build.outline;

import io.github.jdbcpglite.build.wasm.Global;
import io.github.jdbcpglite.build.wasm.Opcodes;
import io.github.jdbcpglite.build.wasm.ValType;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Globals that hand values from a moved run back to its caller, shared by all runs. */
final class ScratchGlobals {
    private final WasmModule module;
    private final Map<ValType, List<Integer>> globals = new EnumMap<>(ValType.class);
    private final Set<Integer> all = new HashSet<>();
    private final Map<Integer, Set<Integer>> avoided = new HashMap<>();

    ScratchGlobals(WasmModule module) {
        this.module = module;
    }

    /**
     * Hands out the globals of one run; every value that is in flight needs its own.
     *
     * <p>A function that was itself moved hands values to its caller in globals, and a store of one
     * may lie in another run that was moved out of it. Such a value is on its way until the
     * function returns, and the code between, which finds out where to go, can be moved as well. So
     * a run uses no global that its function, or a function this one was moved out of, hands values
     * back in.
     *
     * @param caller the function that the run is moved out of
     * @see #moved
     */
    Allocation allocate(FunctionTree caller) {
        Set<Integer> used = new HashSet<>(avoided.getOrDefault(caller.index(), Set.of()));
        collectStores(caller.body(), used);
        return new Allocation(new EnumMap<>(ValType.class), used);
    }

    /** Remembers which globals a new function must leave alone, it and what is moved out of it. */
    void moved(int function, Allocation allocation) {
        avoided.put(function, allocation.avoided);
    }

    /** Returns whether a node reads a scratch global. */
    boolean isRead(Node node) {
        return isAccess(node, Opcodes.GLOBAL_GET);
    }

    /** Returns whether a node writes a scratch global. */
    boolean isStore(Node node) {
        return isAccess(node, Opcodes.GLOBAL_SET);
    }

    private boolean isAccess(Node node, int op) {
        return node instanceof Node.Plain plain
                && plain.op() == op
                && all.contains(plain.instruction().index());
    }

    private void collectStores(List<Node> nodes, Set<Integer> used) {
        for (Node node : nodes) {
            if (isStore(node)) {
                used.add(((Node.Plain) node).instruction().index());
            } else if (node instanceof Node.Plain plain && plain.op() == Opcodes.CALL) {
                used.addAll(avoided.getOrDefault(plain.instruction().index(), Set.of()));
            } else if (node instanceof Node.Block block) {
                block.parts().forEach(part -> collectStores(part, used));
            }
        }
    }

    int count() {
        return all.size();
    }

    private int get(ValType type, int number) {
        List<Integer> ofType = globals.computeIfAbsent(type, key -> new ArrayList<>());
        while (ofType.size() <= number) {
            int added = module.addGlobal(Global.mutableZero(type));
            ofType.add(added);
            all.add(added);
        }
        return ofType.get(number);
    }

    /** Which globals one run has taken. */
    final class Allocation {
        private final Map<ValType, Integer> taken;
        private final Set<Integer> avoided;

        private Allocation(Map<ValType, Integer> taken, Set<Integer> avoided) {
            this.taken = taken;
            this.avoided = avoided;
        }

        /** Takes the next global of a type. */
        int next(ValType type) {
            int global;
            do {
                global = get(type, taken.merge(type, 1, Integer::sum) - 1);
            } while (avoided.contains(global));
            return global;
        }

        /** Starts another allocation behind this one, for one of several alternatives. */
        Allocation fork() {
            return new Allocation(new EnumMap<>(taken), avoided);
        }
    }
}
