package io.github.jdbcpglite.build.outline;

import io.github.jdbcpglite.build.wasm.Opcodes;
import io.github.jdbcpglite.build.wasm.ValType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Replaces branches to some labels by other code, in place. The replacement finds the values the
 * branch carried on the operand stack and ends in a branch or trap of its own.
 */
abstract class Redirector {
    private final FunctionTree tree;

    /** Remembers the function whose locals are used for values that must be moved aside. */
    Redirector(FunctionTree tree) {
        this.tree = tree;
    }

    /** Returns whether branches to this label are replaced. */
    abstract boolean isRedirected(Label target);

    /** Makes new code that runs instead of a branch to the label. */
    abstract List<Node> replacement(Label target);

    /** Rewrites a list and everything inside. */
    final void rewrite(List<Node> nodes) {
        List<Node> result = new ArrayList<>(nodes.size());
        for (Node node : nodes) {
            if (node instanceof Node.Block block) {
                block.parts().forEach(this::rewrite);
                result.add(block);
            } else if (node instanceof Node.Branch branch
                    && branch.targets().stream().anyMatch(this::isRedirected)) {
                result.addAll(rewrite(branch));
            } else {
                result.add(node);
            }
        }
        nodes.clear();
        nodes.addAll(result);
    }

    private List<Node> rewrite(Node.Branch branch) {
        Label first = branch.targets().get(0);
        return switch (branch.op()) {
            case Opcodes.BR -> replacement(first);
            case Opcodes.BR_IF -> conditional(first);
            default -> table(branch);
        };
    }

    private List<Node> conditional(Label target) {
        List<Node> code = new ArrayList<>();
        List<Integer> carried = new ArrayList<>();
        if (!target.carried().isEmpty()) {
            int condition = tree.addLocal(ValType.I32);
            code.add(Node.Plain.of(Opcodes.LOCAL_SET, condition));
            carried = popToLocals(target.carried(), code);
            code.add(Node.Plain.of(Opcodes.LOCAL_GET, condition));
        }
        List<Node> taken = pushLocals(carried);
        taken.addAll(replacement(target));
        code.add(Node.Block.ifTrue(taken));
        code.addAll(pushLocals(carried));
        return code;
    }

    /**
     * Puts a block around the table for each redirected label, and the replacement behind that
     * block. The operands go through locals because a block without parameters cannot see them.
     */
    private List<Node> table(Node.Branch branch) {
        Map<Label, Label> landings = new IdentityHashMap<>();
        List<Label> redirected = new ArrayList<>();
        List<Label> targets = new ArrayList<>();
        for (Label target : branch.targets()) {
            if (isRedirected(target) && !landings.containsKey(target)) {
                landings.put(target, new Label(target.carried()));
                redirected.add(target);
            }
            targets.add(landings.getOrDefault(target, target));
        }
        List<Node> code = new ArrayList<>();
        int index = tree.addLocal(ValType.I32);
        code.add(Node.Plain.of(Opcodes.LOCAL_SET, index));
        List<Integer> carried = popToLocals(branch.targets().get(0).carried(), code);
        List<Node> inner = pushLocals(carried);
        inner.add(Node.Plain.of(Opcodes.LOCAL_GET, index));
        inner.add(new Node.Branch(Opcodes.BR_TABLE, List.copyOf(targets)));
        for (Label target : redirected) {
            List<Node> around = new ArrayList<>();
            Label landing = landings.get(target);
            if (landing == null) {
                throw new AssertionError("every redirected label has a landing");
            }
            around.add(Node.Block.around(landing, inner));
            around.addAll(replacement(target));
            inner = around;
        }
        code.addAll(inner);
        return code;
    }

    private List<Integer> popToLocals(List<ValType> types, List<Node> code) {
        List<Integer> locals = new ArrayList<>();
        for (ValType type : types) {
            locals.add(tree.addLocal(type));
        }
        for (int i = locals.size() - 1; i >= 0; i--) {
            code.add(Node.Plain.of(Opcodes.LOCAL_SET, locals.get(i)));
        }
        return locals;
    }

    private static List<Node> pushLocals(List<Integer> locals) {
        List<Node> code = new ArrayList<>();
        for (int local : locals) {
            code.add(Node.Plain.of(Opcodes.LOCAL_GET, local));
        }
        return code;
    }
}
