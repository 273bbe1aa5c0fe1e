package io.github.jdbcpglite.build.codegen;

import static java.util.Objects.requireNonNull;

import com.dylibso.chicory.wasm.types.FunctionType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * Blocks, branches and returns of a function, and whether the current place can be reached.
 *
 * <p>Operands that lie below a block wait in local variables while it runs if there is a loop in
 * it: HotSpot enters the compiled code of a running method at the head of a loop only if the
 * operand stack is empty there, and a function that is called once and loops for long would stay in
 * its interpreter. Parameters of a loop stay on the stack; no loop of PGlite has any.
 */
final class ControlFlow {
    private enum Kind {
        FUNCTION,
        BLOCK,
        LOOP,
        IF
    }

    /** An open block. */
    private static final class Block {
        final Kind kind;
        final String parameters;
        final String results;
        final int height;

        /** Types of the operands that wait in local variables until the block ends. */
        final String setAside;

        final Label target = new Label();
        @Nullable Label otherwise;
        boolean targeted;

        Block(Kind kind, String parameters, String results, int height, String setAside) {
            this.kind = kind;
            this.parameters = parameters;
            this.results = results;
            this.height = height;
            this.setAside = setAside;
        }

        String branchTypes() {
            return kind == Kind.LOOP ? parameters : results;
        }
    }

    private final Code code;
    private final Operands operands;
    private final List<Block> blocks = new ArrayList<>();
    private final FunctionType type;
    private boolean reachable = true;
    private int unreachableBlocks;

    ControlFlow(Code code, Operands operands, FunctionType type) {
        this.code = code;
        this.operands = operands;
        this.type = type;
        blocks.add(new Block(Kind.FUNCTION, "", JvmTypes.of(type.returns()), 0, ""));
    }

    boolean reachable() {
        return reachable;
    }

    /** A block begins where nothing can be reached. */
    void skipBlock() {
        unreachableBlocks++;
    }

    private void open(Kind kind, FunctionType blockType, String setAside) {
        String parameters = JvmTypes.of(blockType.params());
        blocks.add(
                new Block(
                        kind,
                        parameters,
                        JvmTypes.of(blockType.returns()),
                        code.height() - parameters.length(),
                        setAside));
    }

    void block(FunctionType blockType, boolean holdsLoop) {
        operands.flush();
        int parameters = blockType.params().size();
        open(Kind.BLOCK, blockType, holdsLoop ? code.setAside(parameters) : "");
    }

    void loop(FunctionType blockType, boolean holdsLoop, boolean targeted) {
        operands.flush();
        int parameters = blockType.params().size();
        open(Kind.LOOP, blockType, holdsLoop ? code.setAside(parameters) : "");
        if (targeted) {
            code.place(last().target);
        }
    }

    void ifTrue(FunctionType blockType, boolean holdsLoop) {
        Condition condition = operands.takeCondition();
        String setAside =
                holdsLoop ? code.setAside(blockType.params().size() + condition.operands()) : "";
        Label otherwise = new Label();
        condition.inverse().jump(code, otherwise);
        operands.flush();
        open(Kind.IF, blockType, setAside);
        last().otherwise = otherwise;
    }

    private Block last() {
        return blocks.get(blocks.size() - 1);
    }

    void otherwise() {
        if (unreachableBlocks > 0) {
            return;
        }
        Block block = last();
        if (reachable) {
            operands.flush();
            block.targeted = true;
            code.jump(Opcodes.GOTO, block.target);
        }
        placeOtherwise(block);
    }

    private void placeOtherwise(Block block) {
        code.resetStack(block.height, block.parameters);
        if (block.otherwise == null) {
            throw new IllegalStateException("else without if");
        }
        code.place(block.otherwise);
        block.otherwise = null;
        reachable = true;
    }

    /** Ends a block. */
    void end() {
        if (unreachableBlocks > 0) {
            unreachableBlocks--;
            return;
        }
        if (reachable) {
            operands.flush();
        }
        Block block = last();
        if (block.otherwise != null) {
            placeOtherwise(block);
        }
        blocks.remove(blocks.size() - 1);
        code.resetStack(block.height, block.results);
        if (block.targeted && block.kind != Kind.LOOP) {
            code.place(block.target);
            reachable = true;
        }
        code.takeBack(block.setAside, block.results, reachable);
        if (block.kind == Kind.FUNCTION && reachable) {
            emitReturn();
        }
    }

    private Block target(int depth) {
        return blocks.get(blocks.size() - 1 - depth);
    }

    /** Whether a jump can go to a block's label as the stack is. */
    private boolean fits(Block block) {
        return code.height() == block.height + block.branchTypes().length();
    }

    void branch(int depth) {
        operands.flush();
        leave(target(depth));
        reachable = false;
    }

    private void leave(Block block) {
        if (block.kind == Kind.FUNCTION) {
            emitReturn();
        } else {
            code.unwind(block.height, block.branchTypes());
            block.targeted = true;
            code.jump(Opcodes.GOTO, block.target);
        }
    }

    void branchIf(int depth) {
        Condition condition = operands.takeCondition();
        Block block = target(depth);
        // What the condition compares is above the values that the branch carries.
        Label skip = new Label();
        if (code.height() - condition.operands() == block.height + block.branchTypes().length()) {
            block.targeted = true;
            condition.jump(code, block.target);
        } else {
            condition.inverse().jump(code, skip);
            leave(block);
            code.place(skip);
        }
    }

    /**
     * Goes to one of several blocks.
     *
     * @param depths the blocks by the number on the stack; the last is for all other numbers
     * @param choosesValues see {@link FunctionScan#choosesValues}
     */
    void branchTable(int[] depths, boolean choosesValues) {
        operands.flush();
        code.pop(1);
        TreeMap<Integer, Label> labels = new TreeMap<>();
        Deque<Integer> detours = new ArrayDeque<>();
        for (int depth : depths) {
            if (!labels.containsKey(depth)) {
                Block block = target(depth);
                if (fits(block)) {
                    block.targeted = true;
                    labels.put(depth, block.target);
                } else {
                    labels.put(depth, new Label());
                    detours.add(depth);
                }
            }
        }
        Label[] targets = new Label[depths.length];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = requireNonNull(labels.get(depths[i]));
        }
        if (choosesValues) {
            SwitchEmitter.compare(code, targets);
        } else {
            SwitchEmitter.jump(code, targets);
        }
        for (int depth : detours) {
            code.place(requireNonNull(labels.get(depth)));
            leave(target(depth));
        }
        reachable = false;
    }

    void returnFromFunction() {
        operands.flush();
        emitReturn();
        reachable = false;
    }

    /** Only the results matter: the JVM discards what lies below them. */
    private void emitReturn() {
        switch (type.returns().size()) {
            case 0 -> code.op(Opcodes.RETURN);
            case 1 -> code.op(Code.typed(JvmTypes.of(type.returns().get(0)), Opcodes.IRETURN));
            default -> {
                RawValuesEmitter.packStack(code, JvmTypes.of(type.returns()));
                code.op(Opcodes.ARETURN);
            }
        }
    }

    void unreachable() {
        operands.flush();
        code.invokeStatic(ModuleModel.ENGINE + "Traps", "unreachable", "()" + ModuleModel.TRAP);
        code.op(Opcodes.ATHROW);
        reachable = false;
    }
}
