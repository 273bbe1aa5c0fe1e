package io.github.jdbcpglite.build.codegen;

import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;

/** Which functions are called otherwise than directly. */
final class ReachableFunctions {
    private final ModuleModel model;
    private final BitSet inTable = new BitSet();

    ReachableFunctions(ModuleModel model) {
        this.model = model;
        for (Element element : model.module().elementSection().elements()) {
            for (List<Instruction> initializer : element.initializers()) {
                addReferences(initializer);
            }
        }
        for (int i = model.importCount(); i < model.functionCount(); i++) {
            addReferences(model.body(i).instructions());
        }
    }

    private void addReferences(List<? extends Instruction> instructions) {
        for (Instruction instruction : instructions) {
            if (instruction.opcode() == OpCode.REF_FUNC) {
                inTable.set((int) instruction.operand(0));
            }
        }
    }

    /** Returns, by canonical type, the module's own functions that its table may hold. */
    TreeMap<Integer, List<Integer>> byType() {
        TreeMap<Integer, List<Integer>> byType = new TreeMap<>();
        for (int i = inTable.nextSetBit(0); i >= 0; i = inTable.nextSetBit(i + 1)) {
            if (i >= model.importCount()) {
                byType.computeIfAbsent(model.canonicalTypeOf(i), t -> new ArrayList<>()).add(i);
            }
        }
        return byType;
    }

    /** Returns the functions that the host may call by index. */
    BitSet fromHost() {
        BitSet functions = (BitSet) inTable.clone();
        for (int i = 0; i < model.module().exportSection().exportCount(); i++) {
            Export export = model.module().exportSection().getExport(i);
            if (export.exportType() == ExternalType.FUNCTION) {
                functions.set(export.index());
            }
        }
        model.module().startSection().ifPresent(start -> functions.set((int) start.startIndex()));
        return functions;
    }
}
