package io.github.jdbcpglite.build.outline;

import io.github.jdbcpglite.build.outline.RunInterface.Exit;
import io.github.jdbcpglite.build.wasm.FuncType;
import io.github.jdbcpglite.build.wasm.Instruction;
import io.github.jdbcpglite.build.wasm.Opcodes;
import io.github.jdbcpglite.build.wasm.ValType;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Moves one run to a new function and puts the call in its place. */
final class RunExtractor {
    private final WasmModule module;
    private final FunctionTree caller;
    private final RunInterface face;

    /** Scratch globals of the outs; the first out is missing if it is the function's result. */
    private final Map<Integer, Integer> outGlobals = new HashMap<>();

    /** Scratch globals of the values that a branch carries, by target. */
    private final Map<Label, List<Integer>> carriedGlobals = new IdentityHashMap<>();

    /** The caller's locals that receive carried values, by scratch global. */
    private final Map<Integer, Integer> carriedLocals = new TreeMap<>();

    private final @Nullable Integer resultLocal;

    private RunExtractor(
            WasmModule module,
            ScratchGlobals.Allocation allocation,
            FunctionTree caller,
            RunInterface face) {
        this.module = module;
        this.caller = caller;
        this.face = face;
        boolean isResult = !face.hasExitCode() && !face.outs().isEmpty();
        resultLocal = isResult ? face.outs().get(0) : null;
        for (int local : face.outs()) {
            if (resultLocal == null || local != resultLocal) {
                outGlobals.put(local, allocation.next(caller.locals().get(local)));
            }
        }
        for (Exit exit : face.exits()) {
            if (exit.target() != null) {
                ScratchGlobals.Allocation own = allocation.fork();
                List<Integer> globals = new ArrayList<>();
                for (ValType type : exit.target().carried()) {
                    int global = own.next(type);
                    globals.add(global);
                    carriedLocals.computeIfAbsent(global, key -> caller.addLocal(type));
                }
                carriedGlobals.put(exit.target(), globals);
            }
        }
    }

    /**
     * Moves nodes {@code from} up to, not including, {@code to}. The stack must be empty at both
     * places, as {@link StackHeights} defines it.
     *
     * @param live liveness of the caller, from before the move or from before earlier moves
     */
    static void extract(
            WasmModule module,
            ScratchGlobals scratch,
            FunctionTree caller,
            List<Node> nodes,
            int from,
            int to,
            Liveness live) {
        List<Node> run = new ArrayList<>(nodes.subList(from, to));
        RunInterface face = RunInterface.of(run, live.around(nodes).get(to), live);
        ScratchGlobals.Allocation allocation = scratch.allocate(caller);
        RunExtractor extractor = new RunExtractor(module, allocation, caller, face);
        int function = extractor.addFunction(run);
        scratch.moved(function, allocation);
        List<Node> range = nodes.subList(from, to);
        range.clear();
        range.addAll(extractor.call(function));
    }

    private int addFunction(List<Node> run) {
        List<ValType> params = types(face.params());
        List<ValType> results = List.of();
        if (face.hasExitCode()) {
            results = List.of(ValType.I32);
        } else if (resultLocal != null) {
            results = types(List.of(resultLocal));
        }
        Map<Integer, Integer> renumbered = new HashMap<>();
        face.params().forEach(local -> renumbered.put(local, renumbered.size()));
        List<ValType> locals = new ArrayList<>();
        for (int local = face.mentioned().nextSetBit(0);
                local >= 0;
                local = face.mentioned().nextSetBit(local + 1)) {
            if (renumbered.putIfAbsent(local, renumbered.size()) == null) {
                locals.add(caller.locals().get(local));
            }
        }
        // An out that the run never mentions cannot exist, so every local needed is renumbered.
        renumber(run, renumbered);
        FuncType type = new FuncType(params, results);
        FunctionTree callee =
                new FunctionTree(module.functionCount(), type, locals, new Label(results), run);
        new CalleeExits(callee, renumbered).apply();
        return module.addFunction(type, TreeWriter.write(module, callee));
    }

    private List<ValType> types(List<Integer> locals) {
        return locals.stream().map(caller.locals()::get).toList();
    }

    private static void renumber(List<Node> nodes, Map<Integer, Integer> renumbered) {
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            if (node instanceof Node.Block block) {
                block.parts().forEach(part -> renumber(part, renumbered));
            } else if (node instanceof Node.Plain plain && isLocal(plain.op())) {
                Integer local = renumbered.get(plain.instruction().index());
                if (local == null) {
                    throw new AssertionError("local was not collected");
                }
                nodes.set(i, new Node.Plain(Instruction.of(plain.op(), local)));
            }
        }
    }

    private static boolean isLocal(int op) {
        return op >= Opcodes.LOCAL_GET && op <= Opcodes.LOCAL_TEE;
    }

    /** Makes the code that stands in the run's place. */
    private List<Node> call(int function) {
        List<Node> code = new ArrayList<>();
        face.params().forEach(local -> code.add(Node.Plain.of(Opcodes.LOCAL_GET, local)));
        code.add(Node.Plain.of(Opcodes.CALL, function));
        // An exit code stays on the stack, below, until the outs are read.
        for (int local : face.outs()) {
            Integer global = outGlobals.get(local);
            if (global != null) {
                code.add(Node.Plain.of(Opcodes.GLOBAL_GET, global));
            }
            code.add(Node.Plain.of(Opcodes.LOCAL_SET, local));
        }
        // Nothing may stay in a scratch global: what follows could be moved, and use it again.
        for (Map.Entry<Integer, Integer> carried : carriedLocals.entrySet()) {
            code.add(Node.Plain.of(Opcodes.GLOBAL_GET, carried.getKey()));
            code.add(Node.Plain.of(Opcodes.LOCAL_SET, carried.getValue()));
        }
        if (face.hasExitCode()) {
            return dispatch(code);
        }
        if (face.exits().isEmpty()) {
            code.add(Node.Plain.of(Opcodes.UNREACHABLE));
        } else if (face.exits().get(0).target() != null) {
            code.addAll(leave(face.exits().get(0).target()));
        }
        return code;
    }

    private List<Node> dispatch(List<Node> code) {
        List<Exit> exits = face.exits();
        boolean isPlain =
                exits.stream().allMatch(e -> e.target() == null || e.target().carried().isEmpty());
        if (isPlain && exits.size() == 2) {
            Label second = exits.get(1).target();
            if (second == null) {
                throw new AssertionError("falling off the end is always the first exit");
            }
            code.add(Node.Branch.ifTrue(second));
            if (exits.get(0).target() != null) {
                code.add(Node.Branch.to(exits.get(0).target()));
            }
            return code;
        }
        List<Label> table = new ArrayList<>();
        for (Exit exit : exits) {
            boolean isDirect = exit.target() != null && exit.target().carried().isEmpty();
            table.add(isDirect ? exit.target() : new Label(List.of()));
        }
        code.add(new Node.Branch(Opcodes.BR_TABLE, List.copyOf(table)));
        List<Node> inner = code;
        // The way off the end comes last, so that nothing follows it.
        for (int i = exits.size() - 1; i >= 0; i--) {
            Label target = exits.get(i).target();
            if (table.get(i) != target) {
                List<Node> around = new ArrayList<>();
                around.add(Node.Block.around(table.get(i), inner));
                if (target != null) {
                    around.addAll(leave(target));
                }
                inner = around;
            }
        }
        return inner;
    }

    /** Branches to the label with the values that were handed back. */
    private List<Node> leave(Label target) {
        List<Node> code = new ArrayList<>();
        for (int global : carriedGlobals.getOrDefault(target, List.of())) {
            Integer local = carriedLocals.get(global);
            if (local == null) {
                throw new AssertionError("every carried global has a local");
            }
            code.add(Node.Plain.of(Opcodes.LOCAL_GET, local));
        }
        code.add(Node.Branch.to(target));
        return code;
    }

    /** Turns the ways out of the run into returns of the new function. */
    private final class CalleeExits extends Redirector {
        private final FunctionTree callee;
        private final Map<Integer, Integer> renumbered;
        private final Label epilogue = new Label(List.of());
        private final int codeLocal;

        CalleeExits(FunctionTree callee, Map<Integer, Integer> renumbered) {
            super(callee);
            this.callee = callee;
            this.renumbered = renumbered;
            this.codeLocal = face.isShared() ? callee.addLocal(ValType.I32) : -1;
        }

        void apply() {
            List<Node> body = callee.body();
            rewrite(body);
            List<Exit> exits = face.exits();
            if (!exits.isEmpty() && exits.get(0).target() == null) {
                body.addAll(store(0));
            }
            if (face.isShared()) {
                List<Node> inner = new ArrayList<>(body);
                body.clear();
                body.add(Node.Block.around(epilogue, inner));
                body.addAll(storeOuts(exits.get(0)));
                body.add(Node.Plain.of(Opcodes.LOCAL_GET, codeLocal));
            }
        }

        @Override
        boolean isRedirected(Label target) {
            return carriedGlobals.containsKey(target);
        }

        @Override
        List<Node> replacement(Label target) {
            List<Node> code = new ArrayList<>();
            List<Integer> globals = carriedGlobals.getOrDefault(target, List.of());
            for (int i = globals.size() - 1; i >= 0; i--) {
                code.add(Node.Plain.of(Opcodes.GLOBAL_SET, globals.get(i)));
            }
            code.addAll(store(exitCode(target)));
            code.add(Node.Branch.to(face.isShared() ? epilogue : callee.label()));
            return code;
        }

        private int exitCode(Label target) {
            for (int i = 0; i < face.exits().size(); i++) {
                if (face.exits().get(i).target() == target) {
                    return i;
                }
            }
            throw new AssertionError("every target is an exit");
        }

        /** Hands back what an exit needs and leaves the function's result on the stack. */
        private List<Node> store(int exitCode) {
            List<Node> code = new ArrayList<>();
            if (face.isShared()) {
                code.add(Node.Plain.of(Opcodes.I32_CONST, exitCode));
                code.add(Node.Plain.of(Opcodes.LOCAL_SET, codeLocal));
                return code;
            }
            code.addAll(storeOuts(face.exits().get(exitCode)));
            if (face.hasExitCode()) {
                code.add(Node.Plain.of(Opcodes.I32_CONST, exitCode));
            } else if (resultLocal != null) {
                code.add(Node.Plain.of(Opcodes.LOCAL_GET, inCallee(resultLocal)));
            }
            return code;
        }

        private List<Node> storeOuts(Exit exit) {
            List<Node> code = new ArrayList<>();
            for (int local : face.outs()) {
                Integer global = outGlobals.get(local);
                if (global != null && exit.outs().get(local)) {
                    code.add(Node.Plain.of(Opcodes.LOCAL_GET, inCallee(local)));
                    code.add(Node.Plain.of(Opcodes.GLOBAL_SET, global));
                }
            }
            return code;
        }

        private int inCallee(int local) {
            Integer index = renumbered.get(local);
            if (index == null) {
                throw new AssertionError("an out is written in the run");
            }
            return index;
        }
    }
}
