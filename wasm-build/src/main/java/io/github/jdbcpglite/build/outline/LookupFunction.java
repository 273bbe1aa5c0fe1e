package io.github.jdbcpglite.build.outline;

import io.github.jdbcpglite.build.wasm.FuncType;
import io.github.jdbcpglite.build.wasm.Opcodes;
import io.github.jdbcpglite.build.wasm.ValType;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes functions that look a number up in a constant table, in pieces that are small enough. */
final class LookupFunction {
    private static final FuncType TYPE = new FuncType(List.of(ValType.I32), List.of(ValType.I32));

    /** One entry with a value of its own: the table's, the constant, the return. */
    private static final int BYTES_PER_ENTRY = 12;

    private static final int PIECE_ENTRIES_MIN = 4;

    private final WasmModule module;
    private final int entriesMax;

    LookupFunction(WasmModule module, int jvmBytesMax) {
        this.module = module;
        this.entriesMax = Math.max(PIECE_ENTRIES_MIN, jvmBytesMax / BYTES_PER_ENTRY);
    }

    /**
     * Appends the functions.
     *
     * @param entries the results for the arguments 0, 1, …; the last one is that of all others
     * @return the index of a function from {@code i32} to {@code i32}
     */
    int add(List<Integer> entries) {
        if (entries.size() <= entriesMax) {
            return addPiece(entries);
        }
        Label function = new Label(TYPE.results());
        List<Node> body = new ArrayList<>();
        for (int start = 0; start < entries.size(); start += entriesMax) {
            int end = Math.min(entries.size(), start + entriesMax);
            List<Node> call = new ArrayList<>();
            call.add(Node.Plain.of(Opcodes.LOCAL_GET, 0));
            call.add(Node.Plain.of(Opcodes.I32_CONST, start));
            call.add(Node.Plain.of(Opcodes.I32_SUB));
            call.add(Node.Plain.of(Opcodes.CALL, addPiece(entries.subList(start, end))));
            if (end == entries.size()) {
                body.addAll(call);
            } else {
                body.add(Node.Plain.of(Opcodes.LOCAL_GET, 0));
                body.add(Node.Plain.of(Opcodes.I32_CONST, end));
                body.add(Node.Plain.of(Opcodes.I32_LT_U));
                call.add(Node.Branch.to(function));
                body.add(Node.Block.ifTrue(call));
            }
        }
        return addFunction(function, body);
    }

    private int addPiece(List<Integer> entries) {
        Label function = new Label(TYPE.results());
        Map<Integer, Label> landings = new LinkedHashMap<>();
        List<Label> targets = new ArrayList<>();
        for (int entry : entries) {
            targets.add(landings.computeIfAbsent(entry, key -> new Label(List.of())));
        }
        List<Node> inner = new ArrayList<>();
        inner.add(Node.Plain.of(Opcodes.LOCAL_GET, 0));
        inner.add(new Node.Branch(Opcodes.BR_TABLE, List.copyOf(targets)));
        for (Map.Entry<Integer, Label> landing : landings.entrySet()) {
            List<Node> around = new ArrayList<>();
            around.add(Node.Block.around(landing.getValue(), inner));
            around.add(Node.Plain.of(Opcodes.I32_CONST, landing.getKey()));
            around.add(Node.Branch.to(function));
            inner = around;
        }
        return addFunction(function, inner);
    }

    private int addFunction(Label label, List<Node> body) {
        FunctionTree tree = new FunctionTree(module.functionCount(), TYPE, List.of(), label, body);
        return module.addFunction(TYPE, TreeWriter.write(module, tree));
    }
}
