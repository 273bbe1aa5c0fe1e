package io.github.jdbcpglite.build.outline;

import io.github.jdbcpglite.build.wasm.Opcodes;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Guesses how often each place of a function runs, as a multiple of the calls of the function: loops
 * repeat a fixed number of times, both ways of a condition are equally likely unless one ends in
 * {@code unreachable}, where PostgreSQL has just reported an error, and tables jump everywhere alike.
 */
final class Frequencies {
    private static final double LOOP_REPEATS = 8;
    private static final double FREQUENCY_MAX = 1e6;
    private static final double COLD = 1.0 / 64;

    private final Map<Label, Double> arriving = new IdentityHashMap<>();
    private final Map<Label, Integer> loopDepths = new IdentityHashMap<>();
    private final Map<List<Node>, List<Double>> before = new IdentityHashMap<>();

    /** Analyses a whole function. */
    static Frequencies of(FunctionTree tree) {
        Frequencies frequencies = new Frequencies();
        frequencies.loopDepths.put(tree.label(), 0);
        frequencies.nodes(tree.body(), 1, 0);
        return frequencies;
    }

    /** Returns the frequency before a node of an analysed list. */
    double before(List<Node> nodes, int index) {
        List<Double> values = before.get(nodes);
        if (values == null) {
            throw new IllegalStateException("list was not analysed");
        }
        return values.get(index);
    }

    private double nodes(List<Node> nodes, double start, int loopDepth) {
        List<Double> values = new ArrayList<>(nodes.size() + 1);
        boolean isCold = endsInTrap(nodes);
        double frequency = start;
        for (Node node : nodes) {
            values.add(frequency);
            if (node instanceof Node.Branch branch) {
                frequency = branch(branch, frequency, loopDepth, isCold);
            } else if (node instanceof Node.Block block) {
                frequency = block(block, frequency, loopDepth);
            }
        }
        values.add(frequency);
        before.put(nodes, values);
        return nodes.isEmpty() || !nodes.get(nodes.size() - 1).isTransfer() ? frequency : 0;
    }

    private double branch(Node.Branch branch, double frequency, int loopDepth, boolean isCold) {
        double stays = 0;
        if (branch.op() == Opcodes.BR_IF) {
            stays = isCold ? COLD : 0.5;
        }
        double share = frequency * (1 - stays) / branch.targets().size();
        for (Label target : branch.targets()) {
            double left = share;
            for (int i = loopDepths.getOrDefault(target, 0); i < loopDepth; i++) {
                left /= LOOP_REPEATS;
            }
            arriving.merge(target, left, Double::sum);
        }
        return frequency * stays;
    }

    private double block(Node.Block block, double frequency, int loopDepth) {
        boolean isLoop = block.op() == Opcodes.LOOP;
        // A branch to a loop's label stays inside; it is not counted again.
        loopDepths.put(block.label(), isLoop ? loopDepth + 1 : loopDepth);
        if (isLoop) {
            double inside = Math.min(FREQUENCY_MAX, frequency * LOOP_REPEATS);
            nodes(block.body(), inside, loopDepth + 1);
            return frequency;
        }
        double after = 0;
        if (block.op() == Opcodes.IF) {
            double taken = endsInTrap(block.body()) ? COLD : 0.5;
            after += nodes(block.body(), frequency * taken, loopDepth);
            List<Node> otherwise = block.otherwise();
            double rest = frequency * (1 - taken);
            after += otherwise == null ? rest : nodes(otherwise, rest, loopDepth);
        } else {
            after = nodes(block.body(), frequency, loopDepth);
        }
        return after + arriving.getOrDefault(block.label(), 0.0);
    }

    private static boolean endsInTrap(List<Node> nodes) {
        return !nodes.isEmpty()
                && nodes.get(nodes.size() - 1) instanceof Node.Plain plain
                && plain.op() == Opcodes.UNREACHABLE;
    }
}
