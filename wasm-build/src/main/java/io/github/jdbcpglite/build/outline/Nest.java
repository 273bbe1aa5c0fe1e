package io.github.jdbcpglite.build.outline;

import io.github.jdbcpglite.build.wasm.Opcodes;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a compiler makes of a large {@code switch}: blocks, each the first thing in the next one, and
 * in the innermost a {@code br_table} whose labels are these blocks. The code of level k stands
 * behind the end of the k-th block from inside, so a branch to that block runs it.
 *
 * @param outermost the block that holds everything; a branch to it leaves the nest
 * @param innermost the content of the innermost block, which ends in the {@code br_table}
 * @param codes the code of each level
 * @param levels the level that a branch to a label starts; labels outside are missing
 * @param labels the label of each level
 */
record Nest(
        Node.Block outermost,
        List<Node> innermost,
        List<List<Node>> codes,
        Map<Label, Integer> levels,
        List<Label> labels) {

    /**
     * Finds the first nest with enough levels that is too large.
     *
     * @param nodes where to look, also inside
     * @param levelsMin how many levels are enough, at least 1
     * @param bytesMax up to how many bytes of JVM code a nest is not too large
     */
    static @Nullable Nest find(List<Node> nodes, int levelsMin, int bytesMax) {
        for (Node node : nodes) {
            if (node instanceof Node.Block block) {
                Nest nest = at(block, levelsMin, bytesMax);
                if (nest != null) {
                    return nest;
                }
                for (List<Node> part : block.parts()) {
                    nest = find(part, levelsMin, bytesMax);
                    if (nest != null) {
                        return nest;
                    }
                }
            }
        }
        return null;
    }

    /** Returns the {@code br_table}. */
    Node.Branch table() {
        return (Node.Branch) innermost.get(innermost.size() - 1);
    }

    private static @Nullable Nest at(Node.Block start, int levelsMin, int bytesMax) {
        List<Node.Block> chain = chain(start);
        if (chain.size() <= levelsMin) {
            return null;
        }
        List<Node> innermost = chain.get(chain.size() - 1).body();
        if (innermost.isEmpty()
                || !(innermost.get(innermost.size() - 1) instanceof Node.Branch table)
                || table.op() != Opcodes.BR_TABLE) {
            return null;
        }
        int outermost = outermostTarget(chain, table);
        if (chain.size() - 1 - outermost < levelsMin
                || JvmSizeModel.of(chain.get(outermost)) <= bytesMax) {
            return null;
        }
        List<List<Node>> codes = new ArrayList<>();
        Map<Label, Integer> levels = new IdentityHashMap<>();
        List<Label> labels = new ArrayList<>();
        for (int i = chain.size() - 1; i > outermost; i--) {
            List<Node> around = chain.get(i - 1).body();
            levels.put(chain.get(i).label(), codes.size());
            labels.add(chain.get(i).label());
            codes.add(new ArrayList<>(around.subList(1, around.size())));
        }
        return new Nest(chain.get(outermost), innermost, codes, levels, labels);
    }

    private static List<Node.Block> chain(Node.Block start) {
        List<Node.Block> chain = new ArrayList<>();
        Node node = start;
        while (node instanceof Node.Block block
                && block.op() == Opcodes.BLOCK
                && block.type().params().isEmpty()
                && block.type().results().isEmpty()
                && !block.body().isEmpty()) {
            chain.add(block);
            node = block.body().get(0);
        }
        return chain;
    }

    /** Blocks further out are no cases: what follows them is the code behind the switch. */
    private static int outermostTarget(List<Node.Block> chain, Node.Branch table) {
        for (int i = 0; i < chain.size(); i++) {
            if (table.targets().contains(chain.get(i).label())) {
                return i;
            }
        }
        return chain.size() - 1;
    }
}
