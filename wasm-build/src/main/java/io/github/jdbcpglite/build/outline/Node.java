package io.github.jdbcpglite.build.outline;

import io.github.jdbcpglite.build.wasm.FuncType;
import io.github.jdbcpglite.build.wasm.Instruction;
import io.github.jdbcpglite.build.wasm.Opcodes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a function's code. */
sealed interface Node {
    /** Returns whether control never reaches what follows this node in its list. */
    boolean isTransfer();

    /** An instruction that is neither a branch nor a block. */
    record Plain(Instruction instruction) implements Node {
        static Plain of(int op) {
            return new Plain(Instruction.of(op));
        }

        static Plain of(int op, long immediate) {
            return new Plain(Instruction.of(op, immediate));
        }

        int op() {
            return instruction.op();
        }

        @Override
        public boolean isTransfer() {
            return op() == Opcodes.UNREACHABLE;
        }
    }

    /**
     * A branch: {@code br}, {@code br_if} or {@code br_table}; {@code return} is a {@code br} to the
     * function's label.
     *
     * @param op the opcode
     * @param targets one label, or for {@code br_table} all of them, the default last
     */
    record Branch(int op, List<Label> targets) implements Node {
        static Branch to(Label target) {
            return new Branch(Opcodes.BR, List.of(target));
        }

        static Branch ifTrue(Label target) {
            return new Branch(Opcodes.BR_IF, List.of(target));
        }

        @Override
        public boolean isTransfer() {
            return op != Opcodes.BR_IF;
        }
    }

    /** A {@code block}, {@code loop} or {@code if} with its content, which may be changed. */
    final class Block implements Node {
        private final int op;
        private final FuncType type;
        private final Label label;
        private final List<Node> body;
        private final @Nullable List<Node> otherwise;

        Block(int op, FuncType type, Label label, List<Node> body, @Nullable List<Node> otherwise) {
            this.op = op;
            this.type = type;
            this.label = label;
            this.body = body;
            this.otherwise = otherwise;
        }

        /** Makes a {@code block} without parameters whose results are what its label carries. */
        static Block around(Label label, List<Node> body) {
            FuncType type = new FuncType(List.of(), label.carried());
            return new Block(Opcodes.BLOCK, type, label, body, null);
        }

        /** Makes an {@code if} without values. */
        static Block ifTrue(List<Node> body) {
            FuncType type = new FuncType(List.of(), List.of());
            return new Block(Opcodes.IF, type, new Label(List.of()), body, null);
        }

        int op() {
            return op;
        }

        FuncType type() {
            return type;
        }

        Label label() {
            return label;
        }

        List<Node> body() {
            return body;
        }

        /** Returns the content of the {@code else} part, or null. */
        @Nullable List<Node> otherwise() {
            return otherwise;
        }

        /** Returns the body and, if there is one, the else part. */
        List<List<Node>> parts() {
            List<List<Node>> parts = new ArrayList<>(2);
            parts.add(body);
            if (otherwise != null) {
                parts.add(otherwise);
            }
            return parts;
        }

        @Override
        public boolean isTransfer() {
            return false;
        }
    }
}
