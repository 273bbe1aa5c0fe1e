package io.github.jdbcpglite.build.codegen;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which functions share a class, since the JVM reads and verifies a class whole at its first use.
 *
 * <p>The profile's text form: a line {@code [name]} begins a group, the lines after it hold
 * function indexes separated by blanks; {@code #} begins a comment.
 */
public final class FunctionGroups {
    private FunctionGroups() {}

    /**
     * Reads a profile.
     *
     * @throws IllegalArgumentException if a line is neither a group's name nor function indexes
     */
    public static List<List<Integer>> parse(List<String> lines) {
        List<List<Integer>> groups = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("#.*", "").trim();
            if (line.startsWith("[") && line.endsWith("]")) {
                groups.add(new ArrayList<>());
            } else if (!line.isEmpty()) {
                if (groups.isEmpty()) {
                    throw new IllegalArgumentException(
                            "line " + (i + 1) + ": function indexes before the first [group]");
                }
                addIndexes(groups.get(groups.size() - 1), line, i + 1);
            }
        }
        return groups;
    }

    private static void addIndexes(List<Integer> group, String line, int lineNumber) {
        for (String word : line.split("\\s+", -1)) {
            try {
                group.add(Integer.parseUnsignedInt(word));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "line " + lineNumber + ": not a function index: " + word, e);
            }
        }
    }

    /** Returns the functions of each class. */
    static List<List<Integer>> classes(
            List<List<Integer>> groups, int functionsPerClass, int first, int end) {
        List<List<Integer>> classes = new ArrayList<>();
        BitSet placed = new BitSet();
        for (List<Integer> group : groups) {
            List<Integer> members = new ArrayList<>();
            for (int function : group) {
                if (function >= first && function < end && !placed.get(function)) {
                    placed.set(function);
                    members.add(function);
                }
            }
            split(members, functionsPerClass, classes);
        }
        List<Integer> rest = new ArrayList<>();
        for (int function = first; function < end; function++) {
            if (!placed.get(function)) {
                rest.add(function);
            }
        }
        split(rest, functionsPerClass, classes);
        return classes;
    }

    private static void split(
            List<Integer> members, int functionsPerClass, List<List<Integer>> classes) {
        for (int i = 0; i < members.size(); i += functionsPerClass) {
            classes.add(
                    List.copyOf(
                            members.subList(i, Math.min(i + functionsPerClass, members.size()))));
        }
    }
}
