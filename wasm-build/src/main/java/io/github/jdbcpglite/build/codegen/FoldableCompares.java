package io.github.jdbcpglite.build.codegen;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;

/**
 * Finds, in classes, what C2 can make two ordered comparisons of one int of, and so a wrong answer
 * (RATIONALE.md, "Why is an ordered comparison never one of two ints?"): comparisons of ints, those
 * of longs that C2 narrows to ints, and switches with several cases that only choose a value.
 *
 * <p>What {@link Condition} and {@link SwitchEmitter} write has none; the build looks nevertheless,
 * for what another part of the generator may come to write.
 */
public final class FoldableCompares {
    /** Calls that become a few instructions without memory. */
    private static final Set<String> PURE =
            Set.of(
                    "java/lang/Integer",
                    "java/lang/Long",
                    "java/lang/Float",
                    "java/lang/Double",
                    "java/lang/Math",
                    ModuleModel.ENGINE + "Compares",
                    ModuleModel.ENGINE + "IntegerOps",
                    ModuleModel.ENGINE + "FloatOps");

    private FoldableCompares() {}

    /**
     * Looks through a class.
     *
     * @param classFile its bytes
     * @return a line for each place found, which names class, method and shape; empty if there is
     *     none
     */
    public static List<String> find(byte[] classFile) {
        ClassNode node = new ClassNode();
        new ClassReader(classFile).accept(node, ClassReader.SKIP_FRAMES | ClassReader.SKIP_DEBUG);
        List<String> found = new ArrayList<>();
        for (MethodNode method : node.methods) {
            // The guest's functions are static; instance methods are the host's doors.
            if ((method.access & Opcodes.ACC_STATIC) != 0) {
                look(method)
                        .forEach(shape -> found.add(node.name + "." + method.name + ": " + shape));
            }
        }
        return found;
    }

    private static List<String> look(MethodNode method) {
        List<String> shapes = new ArrayList<>();
        for (AbstractInsnNode instruction : method.instructions) {
            String shape = shape(instruction);
            if (shape != null) {
                shapes.add(shape);
            }
        }
        return shapes;
    }

    private static @Nullable String shape(AbstractInsnNode instruction) {
        return switch (instruction.getOpcode()) {
            case Opcodes.IF_ICMPLT, Opcodes.IF_ICMPGE, Opcodes.IF_ICMPGT, Opcodes.IF_ICMPLE ->
                    "an ordered comparison of two ints";
            case Opcodes.IFLT, Opcodes.IFGE, Opcodes.IFGT, Opcodes.IFLE -> sign(instruction);
            case Opcodes.TABLESWITCH, Opcodes.LOOKUPSWITCH -> choice(instruction);
            default -> null;
        };
    }

    private static @Nullable String sign(AbstractInsnNode jump) {
        AbstractInsnNode compare = before(jump);
        return switch (opcode(compare)) {
            case Opcodes.FCMPL, Opcodes.FCMPG, Opcodes.DCMPL, Opcodes.DCMPG -> null;
            case Opcodes.LCMP ->
                    stays(before(compare)) ? null : "a comparison that may be narrowed";
            default -> "an ordered comparison of an int with zero";
        };
    }

    /** Whether a comparison of longs stays one; C2 narrows it if one side is a constant int. */
    private static boolean stays(@Nullable AbstractInsnNode right) {
        if (right instanceof LdcInsnNode constant) {
            long value = constant.cst instanceof Long number ? number : 0;
            return value != (int) value || raised(before(right));
        }
        if (opcode(right) == Opcodes.I2L) {
            // A constant of few bits begins as an int.
            return raised(before(before(right)));
        }
        return opcode(right) == Opcodes.LCONST_0 || opcode(right) == Opcodes.LCONST_1
                ? raised(before(right))
                : raised(right);
    }

    /**
     * Whether a number was raised. The comparisons that stand for a switch raise it once: they copy
     * it, or find it on the stack behind the jump of another one.
     */
    private static boolean raised(@Nullable AbstractInsnNode instruction) {
        int opcode = opcode(instruction);
        return opcode == Opcodes.LADD
                || opcode == Opcodes.LXOR
                || opcode == Opcodes.DUP2
                || opcode == Opcodes.IFGE
                || opcode == Opcodes.GOTO;
    }

    private static @Nullable String choice(AbstractInsnNode instruction) {
        long choices =
                targets(instruction).stream()
                        .distinct()
                        .filter(FoldableCompares::choosesValue)
                        .limit(2)
                        .count();
        return choices > 1 ? "a switch with several cases that choose a value" : null;
    }

    /** Whether what a label begins leads to the next condition without a call and memory. */
    private static boolean choosesValue(LabelNode start) {
        Set<AbstractInsnNode> jumps = new HashSet<>();
        AbstractInsnNode at = start.getNext();
        while (at != null) {
            if (at.getOpcode() == Opcodes.GOTO && jumps.add(at)) {
                at = ((JumpInsnNode) at).label.getNext();
            } else if (goesOn(at)) {
                at = at.getNext();
            } else {
                break;
            }
        }
        return at == null
                || at instanceof JumpInsnNode
                || at.getOpcode() >= Opcodes.TABLESWITCH && at.getOpcode() <= Opcodes.RETURN;
    }

    private static boolean goesOn(AbstractInsnNode at) {
        int opcode = at.getOpcode();
        boolean memory =
                opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD
                        || opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE;
        boolean pureCall = at instanceof MethodInsnNode call && PURE.contains(call.owner);
        // From the first conditional jump on there are jumps, fields, calls and objects.
        return opcode < Opcodes.IFEQ && !memory || opcode == Opcodes.GETFIELD || pureCall;
    }

    private static List<LabelNode> targets(AbstractInsnNode instruction) {
        List<LabelNode> targets = new ArrayList<>();
        if (instruction instanceof JumpInsnNode jump) {
            targets.add(jump.label);
        } else if (instruction instanceof TableSwitchInsnNode table) {
            targets.addAll(table.labels);
            targets.add(table.dflt);
        } else if (instruction instanceof LookupSwitchInsnNode lookup) {
            targets.addAll(lookup.labels);
            targets.add(lookup.dflt);
        }
        return targets;
    }

    private static @Nullable AbstractInsnNode before(@Nullable AbstractInsnNode instruction) {
        AbstractInsnNode at = instruction == null ? null : instruction.getPrevious();
        while (at != null && at.getOpcode() < 0) {
            at = at.getPrevious();
        }
        return at;
    }

    private static int opcode(@Nullable AbstractInsnNode instruction) {
        return instruction == null ? -1 : instruction.getOpcode();
    }
}
