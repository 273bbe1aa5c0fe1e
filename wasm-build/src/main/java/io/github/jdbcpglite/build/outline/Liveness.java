package io.github.jdbcpglite.build.outline;

import io.github.jdbcpglite.build.wasm.Opcodes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which locals may still be read, at every point of structured code. Code is walked backwards; a
 * branch needs what is live at its label, which for a loop is iterated until nothing changes.
 */
final class Liveness {
    private final Map<Label, BitSet> atLabel = new IdentityHashMap<>();
    private final Map<List<Node>, List<BitSet>> before = new IdentityHashMap<>();

    /** Sets what is live at a label outside the code; without it nothing is. */
    void setAtLabel(Label label, BitSet live) {
        atLabel.put(label, (BitSet) live.clone());
    }

    /** Returns what is live where a branch to the label arrives. Not to be changed. */
    BitSet atLabel(Label label) {
        return atLabel.computeIfAbsent(label, key -> new BitSet());
    }

    /**
     * Returns what is live in a list that has been analysed: element i before node i, the last
     * element behind the last node.
     */
    List<BitSet> around(List<Node> nodes) {
        List<BitSet> result = before.get(nodes);
        if (result == null) {
            throw new IllegalStateException("list was not analysed");
        }
        return result;
    }

    /**
     * Analyses code.
     *
     * @param nodes the code
     * @param after what is live behind it
     * @return what is live before it, a set of its own
     */
    BitSet analyse(List<Node> nodes, BitSet after) {
        BitSet live = (BitSet) after.clone();
        List<BitSet> sets = new ArrayList<>(nodes.size() + 1);
        sets.add(after);
        for (int i = nodes.size() - 1; i >= 0; i--) {
            live = step(nodes.get(i), live);
            sets.add((BitSet) live.clone());
        }
        Collections.reverse(sets);
        before.put(nodes, sets);
        return live;
    }

    private BitSet step(Node node, BitSet live) {
        if (node instanceof Node.Plain plain) {
            int local = plain.instruction().index();
            switch (plain.op()) {
                case Opcodes.LOCAL_GET -> live.set(local);
                case Opcodes.LOCAL_SET, Opcodes.LOCAL_TEE -> live.clear(local);
                case Opcodes.UNREACHABLE -> live.clear();
                default -> {
                    // Nothing else touches locals.
                }
            }
            return live;
        }
        if (node instanceof Node.Branch branch) {
            if (branch.isTransfer()) {
                live.clear();
            }
            for (Label target : branch.targets()) {
                live.or(atLabel(target));
            }
            return live;
        }
        return step((Node.Block) node, live);
    }

    private BitSet step(Node.Block block, BitSet after) {
        if (block.op() == Opcodes.LOOP) {
            BitSet start = atLabel(block.label());
            while (true) {
                BitSet found = analyse(block.body(), after);
                BitSet old = (BitSet) start.clone();
                start.or(found);
                if (start.equals(old)) {
                    return found;
                }
            }
        }
        setAtLabel(block.label(), after);
        BitSet live = analyse(block.body(), after);
        if (block.op() == Opcodes.IF) {
            List<Node> otherwise = block.otherwise();
            live.or(otherwise == null ? after : analyse(otherwise, after));
        }
        return live;
    }
}
