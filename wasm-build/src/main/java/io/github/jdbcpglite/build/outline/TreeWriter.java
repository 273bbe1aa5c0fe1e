package io.github.jdbcpglite.build.outline;

import io.github.jdbcpglite.build.wasm.ByteWriter;
import io.github.jdbcpglite.build.wasm.FuncType;
import io.github.jdbcpglite.build.wasm.FunctionBody;
import io.github.jdbcpglite.build.wasm.Instruction;
import io.github.jdbcpglite.build.wasm.Opcodes;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Encodes a tree as a function body. */
final class TreeWriter {
    private static final int EMPTY_BLOCK_TYPE = -64;

    private final WasmModule module;
    private final ByteWriter out = new ByteWriter();
    private final Map<Label, Integer> levels = new IdentityHashMap<>();

    private TreeWriter(WasmModule module) {
        this.module = module;
    }

    /** Encodes; block types that the module lacks are appended to its types. */
    static FunctionBody write(WasmModule module, FunctionTree tree) {
        TreeWriter writer = new TreeWriter(module);
        writer.levels.put(tree.label(), 0);
        writer.nodes(tree.body(), 0);
        writer.out.u8(Opcodes.END);
        return new FunctionBody(tree.declaredLocals(), writer.out.toBytes());
    }

    private void nodes(List<Node> nodes, int level) {
        for (Node node : nodes) {
            if (node instanceof Node.Plain plain) {
                plain.instruction().write(out);
            } else if (node instanceof Node.Branch branch) {
                branch(branch, level);
            } else if (node instanceof Node.Block block) {
                block(block, level);
            }
        }
    }

    private void block(Node.Block block, int level) {
        Instruction.of(block.op(), blockType(block.type())).write(out);
        levels.put(block.label(), level + 1);
        nodes(block.body(), level + 1);
        List<Node> otherwise = block.otherwise();
        if (otherwise != null) {
            out.u8(Opcodes.ELSE);
            nodes(otherwise, level + 1);
        }
        levels.remove(block.label());
        out.u8(Opcodes.END);
    }

    private void branch(Node.Branch branch, int level) {
        if (branch.op() == Opcodes.BR_TABLE) {
            Instruction.brTable(
                            branch.targets().stream().map(each -> depth(each, level)).toList())
                    .write(out);
            return;
        }
        int depth = depth(branch.targets().get(0), level);
        if (branch.op() == Opcodes.BR && depth == level) {
            out.u8(Opcodes.RETURN);
        } else {
            Instruction.of(branch.op(), depth).write(out);
        }
    }

    private int depth(Label label, int level) {
        Integer target = levels.get(label);
        if (target == null) {
            throw new IllegalStateException("branch to a label that does not enclose it");
        }
        return level - target;
    }

    private long blockType(FuncType type) {
        if (!type.params().isEmpty() || type.results().size() > 1) {
            return module.typeIndex(type);
        }
        return type.results().isEmpty()
                ? EMPTY_BLOCK_TYPE
                : type.results().get(0).code() - 0x80;
    }
}
