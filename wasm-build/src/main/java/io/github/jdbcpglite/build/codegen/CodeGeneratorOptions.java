package io.github.jdbcpglite.build.codegen;

import java.util.List;

/**
 * How a module is translated.
 *
 * @param machineClass binary name of the class to make that implements Chicory's {@code Machine};
 *     all classes made are in its package
 * @param groups functions that are used together, most important group first; functions that no
 *     group names follow in the order of the module
 * @param profiled whether each function reports that it was called, to record groups
 */
public record CodeGeneratorOptions(
        String machineClass, List<List<Integer>> groups, boolean profiled) {
    /** Checks the options. */
    public CodeGeneratorOptions {
        if (machineClass.lastIndexOf('.') <= 0) {
            throw new IllegalArgumentException("the machine class needs a package");
        }
        groups = groups.stream().map(List::copyOf).toList();
    }

    /** Returns the usual options: index order. */
    public static CodeGeneratorOptions of(String machineClass) {
        return new CodeGeneratorOptions(machineClass, List.of(), false);
    }

    /** Returns these options with functions grouped by use. */
    public CodeGeneratorOptions withGroups(List<List<Integer>> newGroups) {
        return new CodeGeneratorOptions(machineClass, newGroups, profiled);
    }

    /** Returns these options with functions that report that they were called. */
    public CodeGeneratorOptions withProfile() {
        return new CodeGeneratorOptions(machineClass, groups, true);
    }
}
