package io.github.jdbcpglite.build.outline;

import io.github.jdbcpglite.build.wasm.Opcodes;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a piece of code does to the locals and where it may branch to. Labels are kept in the order
 * of their first use, so that everything derived from it is deterministic.
 */
final class Effects {
    private final BitSet written = new BitSet();
    private final BitSet mentioned = new BitSet();
    private final Map<Label, Boolean> exits = new LinkedHashMap<>();

    static Effects of(List<Node> nodes) {
        Effects effects = new Effects();
        for (Node node : nodes) {
            if (node instanceof Node.Block block) {
                effects.add(of(block));
            } else {
                effects.add(node);
            }
        }
        return effects;
    }

    private static Effects of(Node.Block block) {
        Effects effects = new Effects();
        for (List<Node> part : block.parts()) {
            effects.add(of(part));
        }
        effects.enclose(block.label());
        return effects;
    }

    /** Returns the locals that are set somewhere. Not to be changed. */
    BitSet written() {
        return written;
    }

    /** Returns the locals that are read or set somewhere. Not to be changed. */
    BitSet mentioned() {
        return mentioned;
    }

    /** Returns the targets of branches that leave the code, in order of appearance. */
    Collection<Label> exits() {
        return exits.keySet();
    }

    /** Adds the effects of other code. */
    void add(Effects other) {
        written.or(other.written);
        mentioned.or(other.mentioned);
        exits.putAll(other.exits);
    }

    /** Adds a node that is no block. */
    void add(Node node) {
        if (node instanceof Node.Branch branch) {
            for (Label target : branch.targets()) {
                exits.put(target, true);
            }
        } else if (node instanceof Node.Plain plain) {
            int local = plain.instruction().index();
            switch (plain.op()) {
                case Opcodes.LOCAL_GET -> mentioned.set(local);
                case Opcodes.LOCAL_SET, Opcodes.LOCAL_TEE -> {
                    mentioned.set(local);
                    written.set(local);
                }
                default -> {
                    // Nothing else touches locals.
                }
            }
        }
    }

    /** Forgets branches to a label, because the code was put inside its block. */
    void enclose(Label label) {
        exits.remove(label);
    }
}
