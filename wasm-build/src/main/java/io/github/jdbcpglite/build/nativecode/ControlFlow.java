package io.github.jdbcpglite.build.nativecode;

import io.github.jdbcpglite.build.wasm.FuncType;
import io.github.jdbcpglite.build.wasm.Instruction;
import io.github.jdbcpglite.build.wasm.Opcodes;
import io.github.jdbcpglite.build.wasm.ValType;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Blocks and branches: gotos to labels. Code that no control reaches is left out, so every place
 * that is translated knows its operands.
 */
final class ControlFlow {
    private static final int EMPTY = 0x40;

    private final WasmModule module;
    private final Signature signature;
    private final OperandStack operands;
    private final CWriter out;
    private final List<Block> blocks = new ArrayList<>();
    private int labels;
    private boolean reachable = true;

    /**
     * How many blocks were opened in code that is left out, within the innermost one that is not.
     */
    private int unreachableBlocks;

    ControlFlow(WasmModule module, Signature signature, OperandStack operands, CWriter out) {
        this.module = module;
        this.signature = signature;
        this.operands = operands;
        this.out = out;
        blocks.add(new Block(Opcodes.BLOCK, signature.type(), 0, ""));
    }

    /** Returns whether the next instruction is reached; if not, only its blocks count. */
    boolean isReachable() {
        return reachable;
    }

    /** Follows an instruction that is left out. */
    void skip(Instruction instruction) {
        if (Opcodes.opensBlock(instruction.op())) {
            unreachableBlocks++;
        } else if (unreachableBlocks > 0) {
            unreachableBlocks -= instruction.op() == Opcodes.END ? 1 : 0;
        } else if (instruction.op() == Opcodes.END) {
            end();
        } else if (instruction.op() == Opcodes.ELSE) {
            beginElse();
        }
    }

    /** Control does not go on behind the instruction that was translated last. */
    void leave() {
        reachable = false;
    }

    /** Translates an instruction if it is one of control. */
    boolean translate(Instruction instruction) {
        switch (instruction.op()) {
            case Opcodes.NOP -> {}
            case Opcodes.BLOCK, Opcodes.LOOP, Opcodes.IF -> open(instruction);
            case Opcodes.ELSE -> {
                reachEnd();
                beginElse();
            }
            case Opcodes.END -> {
                reachEnd();
                end();
            }
            case Opcodes.BR -> {
                out.line(branch(instruction.index()));
                leave();
            }
            case Opcodes.BR_IF -> {
                String condition = operands.pop();
                String branch = branch(instruction.index());
                out.line(
                        "if ("
                                + condition
                                + ") "
                                + (isOne(branch) ? branch : "{ " + branch + " }"));
            }
            case Opcodes.BR_TABLE -> branchTable(instruction.labels());
            case Opcodes.RETURN -> {
                out.line(leaveFunction());
                leave();
            }
            case Opcodes.UNREACHABLE -> {
                out.line("trap(c, TRAP_UNREACHABLE);");
                leave();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean isOne(String statements) {
        return statements.indexOf(';') == statements.length() - 1;
    }

    private FuncType blockType(Instruction instruction) {
        long code = instruction.immediate();
        if (code >= 0) {
            return module.types().get((int) code);
        }
        int type = (int) code & 0x7F;
        return new FuncType(List.of(), type == EMPTY ? List.of() : List.of(ValType.of(type)));
    }

    private void open(Instruction instruction) {
        FuncType type = blockType(instruction);
        String condition = instruction.op() == Opcodes.IF ? operands.pop() : "";
        operands.toVariables();
        int height = operands.height() - type.params().size();
        Block block = new Block(instruction.op(), type, height, "L" + labels++);
        blocks.add(block);
        if (block.isIf()) {
            out.open("if (" + condition + ")");
        } else if (block.isLoop()) {
            out.label(block.label());
        }
    }

    private Block innermost() {
        return blocks.get(blocks.size() - 1);
    }

    /** Control runs into the end of a block: what the block leaves gets to its variables. */
    private void reachEnd() {
        if (blocks.size() == 1) {
            out.line(leaveFunction());
            leave();
            return;
        }
        operands.toVariables();
        innermost().reachEnd();
    }

    private void beginElse() {
        Block block = innermost();
        block.beginElse();
        operands.cut(block.height());
        block.type().params().forEach(operands::pushVariable);
        out.close(" else {");
        out.indent();
        reachable = true;
    }

    private void end() {
        Block block = innermost();
        blocks.remove(blocks.size() - 1);
        if (blocks.isEmpty()) {
            return;
        }
        if (block.isIf()) {
            out.close("");
        }
        if (block.isTargeted() && !block.isLoop()) {
            out.label(block.label());
        }
        operands.cut(block.height());
        block.type().results().forEach(operands::pushVariable);
        reachable = block.isEndReached();
    }

    /** Returns the statements of a branch; the operands stay. */
    private String branch(int depth) {
        if (depth == blocks.size() - 1) {
            return leaveFunction();
        }
        Block block = blocks.get(blocks.size() - 1 - depth);
        block.target();
        return operands.moves(block.carried(), block.height()) + "goto " + block.label() + ";";
    }

    private String leaveFunction() {
        if (signature.returnsValue()) {
            return "return " + operands.peek(0) + ";";
        }
        List<ValType> results = signature.type().results();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < results.size(); i++) {
            String value = operands.peek(results.size() - 1 - i);
            text.append("c->values[").append(i).append("] = ");
            text.append(CTypes.toRaw(results.get(i), value)).append("; ");
        }
        return text + "return;";
    }

    private void branchTable(List<Integer> depths) {
        String index = operands.pop();
        int fallback = depths.get(depths.size() - 1);
        Map<Integer, List<Integer>> cases = new LinkedHashMap<>();
        for (int i = 0; i < depths.size() - 1; i++) {
            if (depths.get(i) != fallback) {
                cases.computeIfAbsent(depths.get(i), depth -> new ArrayList<>()).add(i);
            }
        }
        out.open("switch (" + index + ")");
        for (Map.Entry<Integer, List<Integer>> each : cases.entrySet()) {
            StringBuilder labels = new StringBuilder();
            each.getValue().forEach(i -> labels.append("case ").append(i).append(": "));
            out.line(labels + branch(each.getKey()));
        }
        out.line("default: " + branch(fallback));
        out.close("");
        leave();
    }
}
