package io.github.jdbcpglite.build.outline;

import io.github.jdbcpglite.build.wasm.Opcodes;
import io.github.jdbcpglite.build.wasm.ValType;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts the levels of a {@link Nest} into groups and makes each group a function.
 *
 * <p>The table's index is first translated, by functions made for it, to a position: the group in
 * the bits from {@link #LEVEL_BITS} up, the level inside the group below. A small {@code br_table}
 * selects the group, and another one in the group's function selects the level. Branches from one
 * level to another of the same group stay what they are; others set the position and branch to the
 * group. Branches go outwards only, so the groups can be nested in the order of their levels.
 */
final class NestPartitioner {
    private static final int LEVEL_BITS = 8;
    private static final int GROUP_LEVELS_MAX = 1 << LEVEL_BITS;
    private static final int GROUP_PERCENT = 85;

    private final WasmModule module;
    private final FunctionTree tree;
    private final Nest nest;
    private final OutlineOptions options;
    private final int positionLocal;

    /** The first level of each group, and the number of levels at the end. */
    private final List<Integer> starts = new ArrayList<>();

    private final List<Label> groupLabels = new ArrayList<>();

    private NestPartitioner(
            WasmModule module, FunctionTree tree, Nest nest, OutlineOptions options) {
        this.module = module;
        this.tree = tree;
        this.nest = nest;
        this.options = options;
        this.positionLocal = tree.addLocal(ValType.I32);
    }

    /** Cuts every nest of the function that has enough levels and is too large. */
    static void partition(
            WasmModule module, ScratchGlobals scratch, FunctionTree tree, OutlineOptions options) {
        while (true) {
            Nest nest =
                    Nest.find(tree.body(), options.nestLevelsMin(), options.jvmBytesMax());
            if (nest == null) {
                return;
            }
            NestPartitioner partitioner = new NestPartitioner(module, tree, nest, options);
            partitioner.chooseGroups();
            if (partitioner.groupLabels.size() >= nest.codes().size()) {
                return;
            }
            partitioner.rewrite(scratch);
        }
    }

    private void chooseGroups() {
        int bytesMax = options.jvmBytesMax() * GROUP_PERCENT / 100;
        int bytes = bytesMax;
        for (int level = 0; level < nest.codes().size(); level++) {
            int size = JvmSizeModel.of(nest.codes().get(level)) + JvmSizeModel.SWITCH_ENTRY;
            bytes += size;
            boolean isFull =
                    level > 0 && level - starts.get(starts.size() - 1) >= GROUP_LEVELS_MAX;
            if (bytes > bytesMax || isFull) {
                starts.add(level);
                groupLabels.add(new Label(List.of()));
                bytes = JvmSizeModel.SWITCH + size;
            }
        }
        starts.add(nest.codes().size());
    }

    private void rewrite(ScratchGlobals scratch) {
        List<Node> inner = nest.innermost();
        Node.Branch table = nest.table();
        inner.remove(inner.size() - 1);
        new GroupRedirector(-1).rewrite(inner);
        inner.addAll(dispatch(table));
        List<List<Node>> runs = new ArrayList<>();
        int groupCount = groupLabels.size();
        for (int group = 0; group < groupCount; group++) {
            boolean isLast = group == groupCount - 1;
            List<Node> around = isLast ? nest.outermost().body() : new ArrayList<>();
            List<Node> run = groupRun(group);
            around.clear();
            around.add(Node.Block.around(groupLabels.get(group), inner));
            around.addAll(run);
            runs.add(around);
            inner = around;
        }
        Liveness live = new Liveness();
        live.analyse(tree.body(), new BitSet());
        for (int group = 0; group < groupCount; group++) {
            List<Node> around = runs.get(group);
            boolean fallsToNext =
                    group < groupCount - 1 && !around.get(around.size() - 1).isTransfer();
            if (around.size() > 1) {
                RunExtractor.extract(module, scratch, tree, around, 1, around.size(), live);
            }
            if (fallsToNext) {
                around.addAll(setPosition(0));
            }
        }
    }

    /** Builds the nest of one group: its own table, blocks and codes. */
    private List<Node> groupRun(int group) {
        int first = starts.get(group);
        int end = starts.get(group + 1);
        for (int level = first; level < end; level++) {
            new GroupRedirector(group).rewrite(nest.codes().get(level));
        }
        if (end - first == 1) {
            return nest.codes().get(first);
        }
        List<Node> nodes = new ArrayList<>();
        nodes.add(Node.Plain.of(Opcodes.LOCAL_GET, positionLocal));
        nodes.add(Node.Plain.of(Opcodes.I32_CONST, GROUP_LEVELS_MAX - 1));
        nodes.add(Node.Plain.of(Opcodes.I32_AND));
        nodes.add(
                new Node.Branch(
                        Opcodes.BR_TABLE, List.copyOf(nest.labels().subList(first, end))));
        for (int level = first; level < end; level++) {
            List<Node> around = new ArrayList<>();
            around.add(Node.Block.around(nest.labels().get(level), nodes));
            around.addAll(nest.codes().get(level));
            nodes = around;
        }
        return nodes;
    }

    /** Makes the code that takes the table's index from the stack and branches to a group. */
    private List<Node> dispatch(Node.Branch table) {
        List<Label> targets = new ArrayList<>(groupLabels);
        Map<Label, Integer> positions = new IdentityHashMap<>();
        List<Integer> entries = new ArrayList<>();
        for (Label target : table.targets()) {
            Integer position = positions.get(target);
            if (position == null) {
                position = nest.levels().containsKey(target) ? position(target) : -1;
                if (position < 0) {
                    position = targets.size() << LEVEL_BITS;
                    targets.add(target);
                }
                positions.put(target, position);
            }
            entries.add(position);
        }
        int function = new LookupFunction(module, options.jvmBytesMax()).add(entries);
        List<Node> code = new ArrayList<>();
        code.add(Node.Plain.of(Opcodes.CALL, function));
        code.add(Node.Plain.of(Opcodes.LOCAL_TEE, positionLocal));
        code.add(Node.Plain.of(Opcodes.I32_CONST, LEVEL_BITS));
        code.add(Node.Plain.of(Opcodes.I32_SHR_U));
        code.add(new Node.Branch(Opcodes.BR_TABLE, List.copyOf(targets)));
        return code;
    }

    private int position(Label target) {
        int level = levelOf(target);
        int group = groupOf(level);
        return group << LEVEL_BITS | level - starts.get(group);
    }

    private int levelOf(Label target) {
        Integer level = nest.levels().get(target);
        if (level == null) {
            throw new IllegalArgumentException("label is not one of the nest");
        }
        return level;
    }

    private int groupOf(int level) {
        int group = 0;
        while (starts.get(group + 1) <= level) {
            group++;
        }
        return group;
    }

    private List<Node> setPosition(int level) {
        return List.of(
                Node.Plain.of(Opcodes.I32_CONST, level),
                Node.Plain.of(Opcodes.LOCAL_SET, positionLocal));
    }

    /** Turns branches to levels of other groups into branches to these groups. */
    private final class GroupRedirector extends Redirector {
        private final int ownGroup;

        GroupRedirector(int ownGroup) {
            super(tree);
            this.ownGroup = ownGroup;
        }

        @Override
        boolean isRedirected(Label target) {
            return nest.levels().containsKey(target) && groupOf(levelOf(target)) != ownGroup;
        }

        @Override
        List<Node> replacement(Label target) {
            List<Node> code = new ArrayList<>(setPosition(position(target)));
            code.add(Node.Branch.to(groupLabels.get(groupOf(levelOf(target)))));
            return code;
        }
    }
}
