package io.github.jdbcpglite.build.outline;

import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the run whose move helps most: many bytes for little work at run time. Cold code is
 * preferred to hot code, and a small interface to a large one.
 */
final class RunSelector {
    /** A method has at most 255 parameter slots; two for a long or double, one for the state. */
    private static final int PARAMS_MAX = 100;

    /** What a further function costs that is never called, in units of bytes saved. */
    private static final double FIXED_COST = 40;

    /** Smaller savings are within the error of the estimate. */
    private static final int SAVED_MIN = 32;

    private static final double CALL_COST = 20;
    private static final double PARAM_COST = 2;
    private static final double OUT_COST = 5;
    private static final double EXIT_COST = 2;

    private final WasmModule module;
    private final int runBytesMax;
    private Liveness live = new Liveness();
    private Frequencies frequencies = new Frequencies();
    private int excess;
    private @Nullable Run best;

    RunSelector(WasmModule module, int runBytesMax) {
        this.module = module;
        this.runBytesMax = runBytesMax;
    }

    /** A run: nodes {@code from} up to, not including, {@code to} of a list. */
    record Run(List<Node> nodes, int from, int to, double score) {}

    /**
     * Chooses a run.
     *
     * @param tree the function
     * @param analysed its liveness
     * @param bytesTooMany how much should be moved in all
     * @return the best run, or null if no move would make the function smaller
     */
    @Nullable Run select(FunctionTree tree, Liveness analysed, int bytesTooMany) {
        live = analysed;
        frequencies = Frequencies.of(tree);
        excess = bytesTooMany;
        best = null;
        scan(tree.body(), 0);
        return best;
    }

    /** Looks at all runs of a list and everything inside; returns the list as one piece. */
    private Piece scan(List<Node> nodes, int params) {
        BitSet places = new StackHeights(module).emptyPlaces(nodes, params);
        List<Piece> statements = new ArrayList<>();
        Piece whole = new Piece(0);
        Piece current = new Piece(0);
        boolean isStatement = false;
        for (int i = 0; i <= nodes.size(); i++) {
            if (places.get(i)) {
                current.to = i;
                if (isStatement) {
                    statements.add(current);
                }
                whole.add(current);
                current = new Piece(i);
                isStatement = true;
            }
            if (i < nodes.size()) {
                add(nodes.get(i), current);
            }
        }
        whole.add(current);
        for (int i = 0; i < statements.size(); i++) {
            windows(nodes, statements, i);
        }
        return whole;
    }

    private void add(Node node, Piece piece) {
        if (node instanceof Node.Block block) {
            Piece inside = new Piece(0);
            inside.size = JvmSizeModel.own(block);
            for (List<Node> part : block.parts()) {
                inside.add(scan(part, block.type().params().size()));
            }
            inside.effects.enclose(block.label());
            piece.add(inside);
        } else {
            piece.size += JvmSizeModel.of(node);
            piece.effects.add(node);
        }
    }

    private void windows(List<Node> nodes, List<Piece> statements, int first) {
        int from = statements.get(first).from;
        double frequency = frequencies.before(nodes, from);
        BitSet liveBefore = live.around(nodes).get(from);
        Effects effects = new Effects();
        int size = 0;
        for (int i = first; i < statements.size(); i++) {
            Piece statement = statements.get(i);
            size += statement.size;
            if (size > runBytesMax) {
                return;
            }
            effects.add(statement.effects);
            consider(nodes, from, statement.to, size, frequency, liveBefore, effects);
        }
    }

    private void consider(
            List<Node> nodes,
            int from,
            int to,
            int size,
            double frequency,
            BitSet liveBefore,
            Effects effects) {
        if (best != null && Math.min(size, excess) / FIXED_COST <= best.score()) {
            return;
        }
        int params = count(liveBefore, effects.mentioned());
        if (params > PARAMS_MAX) {
            return;
        }
        BitSet liveOut = (BitSet) live.around(nodes).get(to).clone();
        for (Label exit : effects.exits()) {
            liveOut.or(live.atLabel(exit));
        }
        int outs = count(liveOut, effects.written());
        int exits = effects.exits().size();
        int saved = size - callSize(params, outs, exits);
        double work =
                CALL_COST + PARAM_COST * params + OUT_COST * outs + EXIT_COST * exits;
        double score = Math.min(saved, excess) / (FIXED_COST + frequency * work);
        if (saved >= SAVED_MIN && (best == null || score > best.score())) {
            best = new Run(nodes, from, to, score);
        }
    }

    private static int callSize(int params, int outs, int exits) {
        int dispatch = exits > 1 ? JvmSizeModel.SWITCH : 0;
        return JvmSizeModel.CALL
                + 2 * params
                + (JvmSizeModel.FIELD + 2) * outs
                + JvmSizeModel.SWITCH_ENTRY * exits
                + dispatch;
    }

    private static int count(BitSet first, BitSet second) {
        BitSet both = (BitSet) first.clone();
        both.and(second);
        return both.cardinality();
    }

    /** Neighbouring nodes; the effects of pieces too large to be moved are incomplete. */
    private final class Piece {
        private final int from;
        private final Effects effects = new Effects();
        private int to;
        private int size;

        Piece(int from) {
            this.from = from;
        }

        void add(Piece other) {
            size += other.size;
            if (size <= runBytesMax) {
                effects.add(other.effects);
            }
        }
    }
}
