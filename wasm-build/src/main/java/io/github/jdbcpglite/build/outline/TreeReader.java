package io.github.jdbcpglite.build.outline;

import io.github.jdbcpglite.build.wasm.FuncType;
import io.github.jdbcpglite.build.wasm.FunctionBody;
import io.github.jdbcpglite.build.wasm.Instruction;
import io.github.jdbcpglite.build.wasm.InstructionDecoder;
import io.github.jdbcpglite.build.wasm.Opcodes;
import io.github.jdbcpglite.build.wasm.ValType;
import io.github.jdbcpglite.build.wasm.WasmFormatException;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an encoded function as a tree and drops code that is never reached. */
final class TreeReader {
    private static final int EMPTY_BLOCK_TYPE = -64;

    private final WasmModule module;
    private final List<Instruction> code;
    private final List<Label> labels = new ArrayList<>();
    private int next;

    private TreeReader(WasmModule module, List<Instruction> code) {
        this.module = module;
        this.code = code;
    }

    static FunctionTree read(WasmModule module, int function) {
        FuncType type = module.functionType(function);
        FunctionBody body = module.body(function);
        TreeReader reader = new TreeReader(module, InstructionDecoder.decode(body.code()));
        Label label = new Label(type.results());
        reader.labels.add(label);
        List<Node> nodes = reader.nodes();
        if (reader.next != reader.code.size()) {
            throw new WasmFormatException("function " + function + ": code behind its end");
        }
        return new FunctionTree(function, type, body.locals(), label, nodes);
    }

    /** Reads up to and including the {@code end} or {@code else} of the current block. */
    private List<Node> nodes() {
        List<Node> nodes = new ArrayList<>();
        boolean reachable = true;
        while (true) {
            Instruction instruction = code.get(next++);
            int op = instruction.op();
            if (op == Opcodes.END || op == Opcodes.ELSE) {
                return nodes;
            }
            if (!reachable) {
                skip(instruction);
                continue;
            }
            Node node = node(instruction);
            nodes.add(node);
            reachable = !node.isTransfer();
        }
    }

    private Node node(Instruction instruction) {
        return switch (instruction.op()) {
            case Opcodes.BLOCK, Opcodes.LOOP, Opcodes.IF -> block(instruction);
            case Opcodes.BR, Opcodes.BR_IF ->
                    new Node.Branch(instruction.op(), List.of(label(instruction.index())));
            case Opcodes.BR_TABLE ->
                    new Node.Branch(
                            Opcodes.BR_TABLE,
                            instruction.labels().stream().map(this::label).toList());
            case Opcodes.RETURN -> Node.Branch.to(labels.get(0));
            default -> new Node.Plain(instruction);
        };
    }

    private Node.Block block(Instruction start) {
        FuncType type = blockType(start.immediate());
        boolean isLoop = start.op() == Opcodes.LOOP;
        Label label = new Label(isLoop ? type.params() : type.results());
        labels.add(label);
        List<Node> body = nodes();
        @Nullable List<Node> otherwise = null;
        if (code.get(next - 1).op() == Opcodes.ELSE) {
            otherwise = nodes();
        }
        labels.remove(labels.size() - 1);
        return new Node.Block(start.op(), type, label, body, otherwise);
    }

    private FuncType blockType(long encoded) {
        if (encoded >= 0) {
            return module.types().get((int) encoded);
        }
        if (encoded == EMPTY_BLOCK_TYPE) {
            return new FuncType(List.of(), List.of());
        }
        return new FuncType(List.of(), List.of(ValType.of((int) encoded & 0x7F)));
    }

    private Label label(int depth) {
        return labels.get(labels.size() - 1 - depth);
    }

    /** Skips an unreachable instruction, a block with all of its content. */
    private void skip(Instruction instruction) {
        int depth = Opcodes.opensBlock(instruction.op()) ? 1 : 0;
        while (depth > 0) {
            int op = code.get(next++).op();
            if (Opcodes.opensBlock(op)) {
                depth++;
            } else if (op == Opcodes.END) {
                depth--;
            }
        }
    }
}
