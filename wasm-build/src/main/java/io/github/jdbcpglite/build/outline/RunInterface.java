package io.github.jdbcpglite.build.outline;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What goes into a run and what comes out.
 *
 * @param params the caller's locals that become parameters, ascending
 * @param mentioned all of the caller's locals that occur in the run
 * @param exits the ways out; the position is the exit code
 * @param outs the caller's locals that the run changes and that are read later, ascending
 * @param isShared whether all exits hand back all {@code outs}, through common code at the end
 */
record RunInterface(
        List<Integer> params,
        BitSet mentioned,
        List<Exit> exits,
        List<Integer> outs,
        boolean isShared) {
    /** Up to this many stores, each exit has its own copies. */
    private static final int INLINE_STORES_MAX = 12;

    /**
     * A way out of a run.
     *
     * @param target the label branched to, null for falling off the end
     * @param outs which of the outs must be handed back on this way
     */
    record Exit(@Nullable Label target, BitSet outs) {}

    static RunInterface of(List<Node> run, BitSet liveAfter, Liveness live) {
        Effects effects = Effects.of(run);
        List<Exit> exits = new ArrayList<>();
        if (!run.get(run.size() - 1).isTransfer()) {
            exits.add(new Exit(null, both(liveAfter, effects.written())));
        }
        for (Label target : effects.exits()) {
            exits.add(new Exit(target, both(live.atLabel(target), effects.written())));
        }
        BitSet all = new BitSet();
        int stores = 0;
        for (Exit exit : exits) {
            all.or(exit.outs());
            stores += exit.outs().cardinality();
        }
        boolean isShared = exits.size() > 1 && stores > INLINE_STORES_MAX;
        if (isShared) {
            exits.replaceAll(exit -> new Exit(exit.target(), all));
        }
        Liveness inside = new Liveness();
        BitSet behind = new BitSet();
        for (Exit exit : exits) {
            if (exit.target() == null) {
                behind = exit.outs();
            } else {
                inside.setAtLabel(exit.target(), exit.outs());
            }
        }
        BitSet params = inside.analyse(run, behind);
        return new RunInterface(
                list(params), effects.mentioned(), exits, list(all), isShared);
    }

    /** Returns whether the caller must be told which way was taken. */
    boolean hasExitCode() {
        return exits.size() > 1;
    }

    private static BitSet both(BitSet first, BitSet second) {
        BitSet result = (BitSet) first.clone();
        result.and(second);
        return result;
    }

    private static List<Integer> list(BitSet set) {
        return set.stream().boxed().toList();
    }
}
