package io.github.jdbcpglite.build.locate;

import io.github.jdbcpglite.build.wasm.Instruction;
import io.github.jdbcpglite.build.wasm.Opcodes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which instruction of a function is which in a changed version of it: the longest common
 * subsequence, without instructions that stand alone in it.
 */
final class Alignment {
    static final int NONE = -1;

    /** Beyond so many comparisons, which no function that is asked for has needed, none is made. */
    private static final long COMPARISONS_MAX = 50_000_000;

    private Alignment() {}

    /**
     * Aligns two functions.
     *
     * @return for each instruction of the known function the other's index, or {@link #NONE}
     */
    static int[] of(ModuleCode known, int function, ModuleCode other, int partner) {
        Map<String, Integer> numbers = new HashMap<>();
        int[] mine = tokens(known, function, numbers);
        int[] theirs = tokens(other, partner, numbers);
        int[] found = new int[mine.length];
        Arrays.fill(found, NONE);
        int start = 0;
        while (start < mine.length && start < theirs.length && mine[start] == theirs[start]) {
            found[start] = start;
            start++;
        }
        int mineEnd = mine.length;
        int theirEnd = theirs.length;
        while (mineEnd > start && theirEnd > start && mine[mineEnd - 1] == theirs[theirEnd - 1]) {
            found[--mineEnd] = --theirEnd;
        }
        if ((long) (mineEnd - start) * (theirEnd - start) <= COMPARISONS_MAX) {
            alignRest(
                    Arrays.copyOfRange(mine, start, mineEnd),
                    Arrays.copyOfRange(theirs, start, theirEnd),
                    start,
                    found);
        }
        dropLonely(found);
        return found;
    }

    /** Finds the longest common subsequence of what is left between the equal ends. */
    private static void alignRest(int[] mine, int[] theirs, int start, int[] found) {
        int[][] longest = new int[mine.length + 1][theirs.length + 1];
        for (int i = mine.length - 1; i >= 0; i--) {
            for (int k = theirs.length - 1; k >= 0; k--) {
                longest[i][k] =
                        mine[i] == theirs[k]
                                ? longest[i + 1][k + 1] + 1
                                : Math.max(longest[i + 1][k], longest[i][k + 1]);
            }
        }
        int i = 0;
        int k = 0;
        while (i < mine.length && k < theirs.length) {
            if (mine[i] == theirs[k]) {
                found[start + i++] = start + k++;
            } else if (longest[i + 1][k] >= longest[i][k + 1]) {
                i++;
            } else {
                k++;
            }
        }
    }

    /** Takes back what neither the instruction before nor the one behind confirms. */
    private static void dropLonely(int[] found) {
        int[] original = found.clone();
        for (int i = 0; i < found.length; i++) {
            boolean before = i > 0 && original[i - 1] != NONE && original[i - 1] == original[i] - 1;
            boolean behind =
                    i + 1 < found.length
                            && original[i + 1] != NONE
                            && original[i + 1] == original[i] + 1;
            if (!before && !behind) {
                found[i] = NONE;
            }
        }
    }

    private static int[] tokens(ModuleCode module, int function, Map<String, Integer> numbers) {
        List<Instruction> code = module.code(function);
        int[] tokens = new int[code.size()];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = numbers.computeIfAbsent(token(module, code.get(i)), each -> numbers.size());
        }
        return tokens;
    }

    /** Returns what has to be equal: locals, labels and links differ where code was added. */
    private static String token(ModuleCode module, Instruction each) {
        int op = each.op();
        boolean number = op == Opcodes.I32_CONST || op == Opcodes.I64_CONST;
        if (!number && !Opcodes.hasMemArg(op)) {
            return Integer.toString(op);
        }
        return op
                + (module.looksLikeAddress(each.immediate()) ? " address" : " " + each.immediate());
    }
}
