package io.github.jdbcpglite.build.outline;

import io.github.jdbcpglite.build.wasm.FuncType;
import io.github.jdbcpglite.build.wasm.Opcodes;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.BitSet;
import java.util.List;

/**
 * Finds the places in a block where a run may start or end: its part of the operand stack is empty,
 * and no value is on its way between two functions in a scratch global.
 */
final class StackHeights {
    private final WasmModule module;
    private final ScratchGlobals scratch;

    StackHeights(WasmModule module, ScratchGlobals scratch) {
        this.module = module;
        this.scratch = scratch;
    }

    /**
     * Finds the empty places of a list.
     *
     * @param nodes the content of a block
     * @param params how many values the block starts with
     * @return bit i is set if the stack is empty before node i; the last bit also if control never
     *     arrives there
     */
    BitSet emptyPlaces(List<Node> nodes, int params) {
        BitSet empty = new BitSet();
        int height = params;
        boolean reachable = true;
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            boolean isInFlight = scratch.isRead(node) || i > 0 && scratch.isStore(nodes.get(i - 1));
            if (height == 0 && !isInFlight) {
                empty.set(i);
            }
            reachable = !node.isTransfer();
            if (reachable) {
                height += change(node);
            }
        }
        if (height == 0 || !reachable) {
            empty.set(nodes.size());
        }
        return empty;
    }

    private int change(Node node) {
        if (node instanceof Node.Branch) {
            return -1;
        }
        if (node instanceof Node.Block block) {
            int condition = block.op() == Opcodes.IF ? 1 : 0;
            return change(block.type()) - condition;
        }
        Node.Plain plain = (Node.Plain) node;
        int op = plain.op();
        return switch (op) {
            case Opcodes.CALL -> change(module.functionType(plain.instruction().index()));
            case Opcodes.CALL_INDIRECT ->
                    change(module.types().get(plain.instruction().index())) - 1;
            default -> Opcodes.pushes(op) - Opcodes.pops(op);
        };
    }

    private static int change(FuncType type) {
        return type.results().size() - type.params().size();
    }
}
