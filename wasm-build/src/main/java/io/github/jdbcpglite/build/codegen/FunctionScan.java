package io.github.jdbcpglite.build.codegen;

import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.OpCode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What must be known of a function before its first instruction is translated. */
final class FunctionScan {
    private final BitSet targetedLoops = new BitSet();
    private final BitSet aroundLoops = new BitSet();
    private final BitSet choosingTables = new BitSet();
    private final int[] localUses;
    private final BitSet assignedFirst = new BitSet();

    FunctionScan(List<AnnotatedInstruction> instructions, int locals) {
        localUses = new int[locals];
        findTargets(instructions, findEnds(instructions));
        countLocals(instructions);
        findAssignedFirst(instructions);
    }

    /** Returns whether a loop is ever repeated. */
    boolean loopIsTargeted(int instruction) {
        return targetedLoops.get(instruction);
    }

    /** Returns whether a block is a loop that is repeated, or has one within. */
    boolean holdsLoop(int instruction) {
        return aroundLoops.get(instruction);
    }

    /**
     * Returns whether two or more targets of a {@code br_table} do nothing but choose values before
     * the next jump: no call, no memory.
     */
    boolean choosesValues(int instruction) {
        return choosingTables.get(instruction);
    }

    int uses(int local) {
        return localUses[local];
    }

    /** Returns whether a local gets a value before any jump, and before it is read. */
    boolean assignedFirst(int local) {
        return assignedFirst.get(local);
    }

    /** Finds the end of each block. */
    private static int[] findEnds(List<AnnotatedInstruction> instructions) {
        int[] ends = new int[instructions.size()];
        List<Integer> blocks = new ArrayList<>();
        for (int i = 0; i < ends.length; i++) {
            switch (instructions.get(i).opcode()) {
                case BLOCK, LOOP, IF -> blocks.add(i);
                case END -> {
                    if (!blocks.isEmpty()) {
                        ends[blocks.remove(blocks.size() - 1)] = i;
                    }
                }
                default -> {
                    // Neither begins nor ends a block.
                }
            }
        }
        return ends;
    }

    private void findTargets(List<AnnotatedInstruction> instructions, int[] ends) {
        List<Integer> blocks = new ArrayList<>();
        blocks.add(-1);
        for (int i = 0; i < instructions.size(); i++) {
            AnnotatedInstruction instruction = instructions.get(i);
            switch (instruction.opcode()) {
                case BLOCK, LOOP, IF -> blocks.add(i);
                case END -> blocks.remove(blocks.size() - 1);
                case BR, BR_IF, BR_TABLE -> {
                    Set<Integer> targets = new TreeSet<>();
                    for (int k = 0; k < instruction.operandCount(); k++) {
                        int target = blocks.size() - 1 - (int) instruction.operand(k);
                        markTarget(instructions, blocks.subList(0, target + 1));
                        targets.add(blocks.get(target));
                    }
                    long choices =
                            targets.stream()
                                    .filter(block -> isChoice(instructions, ends, block))
                                    .count();
                    choosingTables.set(i, choices > 1);
                }
                default -> {
                    // Nothing else jumps.
                }
            }
        }
    }

    /** Returns whether a jump to a block leads to the next one without a call and memory. */
    private static boolean isChoice(
            List<AnnotatedInstruction> instructions, int[] ends, int block) {
        if (block < 0 || instructions.get(block).opcode() == OpCode.LOOP) {
            return true;
        }
        for (int i = ends[block] + 1; i < instructions.size(); i++) {
            OpCode opcode = instructions.get(i).opcode();
            switch (opcode) {
                case BR, BR_IF, BR_TABLE, RETURN, SELECT, SELECT_T, IF, ELSE, END, LOOP -> {
                    return true;
                }
                case CALL, CALL_INDIRECT, UNREACHABLE -> {
                    return false;
                }
                default -> {
                    if (opcode.name().matches(".*(LOAD|STORE|MEMORY|TABLE|DATA|ELEM).*")) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** Marks the last of a nest of blocks, of which the first is the function. */
    private void markTarget(List<AnnotatedInstruction> instructions, List<Integer> nest) {
        int target = nest.get(nest.size() - 1);
        if (target >= 0 && instructions.get(target).opcode() == OpCode.LOOP) {
            targetedLoops.set(target);
            nest.subList(1, nest.size()).forEach(aroundLoops::set);
        }
    }

    private void countLocals(List<AnnotatedInstruction> instructions) {
        for (AnnotatedInstruction instruction : instructions) {
            switch (instruction.opcode()) {
                case LOCAL_GET, LOCAL_SET, LOCAL_TEE -> localUses[(int) instruction.operand(0)]++;
                default -> {
                    // Uses no local.
                }
            }
        }
    }

    private void findAssignedFirst(List<AnnotatedInstruction> instructions) {
        BitSet seen = new BitSet();
        for (AnnotatedInstruction instruction : instructions) {
            switch (instruction.opcode()) {
                case LOCAL_GET -> seen.set((int) instruction.operand(0));
                case LOCAL_SET, LOCAL_TEE -> {
                    int local = (int) instruction.operand(0);
                    if (!seen.get(local)) {
                        seen.set(local);
                        assignedFirst.set(local);
                    }
                }
                case LOOP,
                        IF,
                        ELSE,
                        END,
                        BR,
                        BR_IF,
                        BR_TABLE,
                        RETURN,
                        UNREACHABLE,
                        SELECT,
                        SELECT_T -> {
                    return;
                }
                default -> {
                    // Straight on.
                }
            }
        }
    }
}
