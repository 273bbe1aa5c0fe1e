package io.github.jdbcpglite.build.nativecode;

import io.github.jdbcpglite.build.wasm.FuncType;
import io.github.jdbcpglite.build.wasm.Opcodes;
import io.github.jdbcpglite.build.wasm.ValType;
import java.util.List;

/** A block that is open: a function's body, a block, a loop or an if. */
final class Block {
    private final int op;
    private final FuncType type;
    private final int height;
    private final String label;
    private boolean targeted;
    private boolean elseSeen;
    private boolean endReached;

    /**
     * Opens a block.
     *
     * @param op its opcode
     * @param type what it takes and leaves
     * @param height the height of the operands below those it takes
     * @param label its C label
     */
    Block(int op, FuncType type, int height, String label) {
        this.op = op;
        this.type = type;
        this.height = height;
        this.label = label;
    }

    int height() {
        return height;
    }

    String label() {
        return label;
    }

    FuncType type() {
        return type;
    }

    boolean isLoop() {
        return op == Opcodes.LOOP;
    }

    boolean isIf() {
        return op == Opcodes.IF;
    }

    /** Returns the types of what a branch to the block carries. */
    List<ValType> carried() {
        return isLoop() ? type.params() : type.results();
    }

    /** A branch goes to the label. */
    void target() {
        targeted = true;
    }

    boolean isTargeted() {
        return targeted;
    }

    /** The else of an if begins. */
    void beginElse() {
        elseSeen = true;
    }

    /** Code runs into the end, or into the else. */
    void reachEnd() {
        endReached = true;
    }

    /** Returns whether code behind the end is ever reached. */
    boolean isEndReached() {
        boolean jumpedTo = targeted && !isLoop();
        boolean passedBy = isIf() && !elseSeen;
        return endReached || jumpedTo || passedBy;
    }
}
