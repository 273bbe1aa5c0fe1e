package io.github.jdbcpglite.build.codegen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * Jumps to one of several labels by the int on the JVM's stack, which the caller has already taken
 * from the {@link Code}'s: number i goes to the i-th label, every other one to the last label.
 */
final class SwitchEmitter {
    /**
     * How many cases a table switch may have for each of a lookup switch before it is too large.
     */
    private static final int SWITCH_SPARSENESS = 4;

    private SwitchEmitter() {}

    /** Jumps by a switch of the JVM. */
    static void jump(Code code, Label[] targets) {
        int last = targets.length - 1;
        Label otherwise = targets[last];
        int[] keys = IntStream.range(0, last).filter(i -> targets[i] != otherwise).toArray();
        if (keys.length == 0) {
            code.op(Opcodes.POP);
            code.jump(Opcodes.GOTO, otherwise);
        } else if (last > keys.length * SWITCH_SPARSENESS) {
            Label[] cases = new Label[keys.length];
            for (int i = 0; i < keys.length; i++) {
                cases[i] = targets[keys[i]];
            }
            code.lookupSwitch(keys, cases, otherwise);
        } else {
            int first = keys[0];
            int end = keys[keys.length - 1] + 1;
            code.tableSwitch(first, Arrays.copyOfRange(targets, first, end), otherwise);
        }
    }

    /**
     * Jumps by comparisons that C2 does not merge. It makes them of a switch itself, one int with
     * constants, and takes them for each other (see {@link Condition}) where the cases do nothing
     * but choose a value.
     */
    static void compare(Code code, Label[] targets) {
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i < targets.length; i++) {
            if (i == 0 || targets[i] != targets[i - 1]) {
                starts.add(i);
            }
        }
        Condition.raiseUnsigned(code);
        code.push('J');
        search(code, starts, targets);
        code.pop(1);
    }

    /**
     * Finds the range of the number on the stack, and takes it; ranges end where the next begins.
     */
    private static void search(Code code, List<Integer> starts, Label[] targets) {
        if (starts.size() == 1) {
            code.op(Opcodes.POP2);
            code.jump(Opcodes.GOTO, targets[starts.get(0)]);
            return;
        }
        int middle = starts.size() / 2;
        Label upper = starts.size() == 2 ? targets[starts.get(1)] : new Label();
        if (starts.size() > 2) {
            code.op(Opcodes.DUP2);
        }
        code.constant('J', Condition.raisedUnsigned(starts.get(middle)));
        code.op(Opcodes.LCMP);
        code.jump(Opcodes.IFGE, upper);
        if (starts.size() == 2) {
            code.jump(Opcodes.GOTO, targets[starts.get(0)]);
        } else {
            search(code, starts.subList(0, middle), targets);
            code.place(upper);
            search(code, starts.subList(middle, starts.size()), targets);
        }
    }
}
