package io.github.jdbcpglite.build.codegen;

import java.util.List;

/**
 * How a module is translated.
 *
 * @param machineClass binary name of the class to make that implements Chicory's {@code Machine};
 *     all classes made are in its package
 * @param functionsPerClass most functions in one class
 * @param groups functions that are used together, most important group first; functions that no
 *     group names follow in the order of the module
 * @param allowInterpreted whether functions too large for a JVM method are left to Chicory's
 *     interpreter; if not, they end the build
 * @param profiled whether each function reports that it was called, to record groups
 * @param longjmpException internal name of the exception that invoke functions catch
 */
public record CodeGeneratorOptions(
        String machineClass,
        int functionsPerClass,
        List<List<Integer>> groups,
        boolean allowInterpreted,
        boolean profiled,
        String longjmpException) {
    private static final int DEFAULT_FUNCTIONS_PER_CLASS = 150;
    private static final String LONGJMP = "io/github/jdbcpglite/engine/bytecode/LongjmpException";

    /** Checks the options. */
    public CodeGeneratorOptions {
        if (functionsPerClass < 1) {
            throw new IllegalArgumentException("functionsPerClass must be positive");
        }
        if (machineClass.lastIndexOf('.') <= 0) {
            throw new IllegalArgumentException("the machine class needs a package");
        }
        groups = groups.stream().map(List::copyOf).toList();
    }

    /** Returns the usual options: index order, no interpreter. */
    public static CodeGeneratorOptions of(String machineClass) {
        return new CodeGeneratorOptions(
                machineClass, DEFAULT_FUNCTIONS_PER_CLASS, List.of(), false, false, LONGJMP);
    }

    /** Returns these options with functions grouped by use. */
    public CodeGeneratorOptions withGroups(List<List<Integer>> newGroups) {
        return new CodeGeneratorOptions(
                machineClass,
                functionsPerClass,
                newGroups,
                allowInterpreted,
                profiled,
                longjmpException);
    }

    /** Returns these options with another bound of functions in a class. */
    public CodeGeneratorOptions withFunctionsPerClass(int count) {
        return new CodeGeneratorOptions(
                machineClass, count, groups, allowInterpreted, profiled, longjmpException);
    }

    /** Returns these options with functions too large for the JVM left to the interpreter. */
    public CodeGeneratorOptions withInterpreterFallback() {
        return new CodeGeneratorOptions(
                machineClass, functionsPerClass, groups, true, profiled, longjmpException);
    }

    /** Returns these options with functions that report that they were called. */
    public CodeGeneratorOptions withProfile() {
        return new CodeGeneratorOptions(
                machineClass, functionsPerClass, groups, allowInterpreted, true, longjmpException);
    }
}
