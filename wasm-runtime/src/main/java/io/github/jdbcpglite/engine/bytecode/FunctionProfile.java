package io.github.jdbcpglite.engine.bytecode;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which functions of a module were called, in the order of their first calls; only classes that the
 * build generated with a profile report to it. Safe for use by several threads.
 */
public final class FunctionProfile {
    private static final Set<Integer> SEEN = new LinkedHashSet<>();
    private static volatile boolean[] known = {};

    private FunctionProfile() {}

    /** A function was called; called by generated code. */
    public static void hit(int function) {
        boolean[] flags = known;
        if (function >= flags.length || !flags[function]) {
            add(function);
        }
    }

    private static synchronized void add(int function) {
        if (function >= known.length) {
            known = java.util.Arrays.copyOf(known, 2 * function + 1);
        }
        known[function] = true;
        SEEN.add(function);
    }

    /** Returns the functions called since the last time, in the order of their first calls. */
    public static synchronized List<Integer> take() {
        List<Integer> functions = List.copyOf(SEEN);
        SEEN.clear();
        known = new boolean[known.length];
        return functions;
    }
}
