package io.github.jdbcpglite.conformance.jit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A way in which HotSpot turns byte code into machine code, or does not. */
enum JitMode {
    /** As every user's JVM: interpreter, C1 with profiles, C2. */
    DEFAULT,
    /** The same, but a method waits for its compilation, so that none is too late to matter. */
    BATCH("-Xbatch"),
    /** Only the simple compiler. */
    C1("-XX:TieredStopAtLevel=1"),
    /** Only the optimising compiler, with profiles that the interpreter takes. */
    C2("-XX:-TieredCompilation"),
    /** No machine code but the interpreter's. */
    INTERPRETER("-Xint"),
    /** Every method is compiled before its first call, without a profile. */
    COMPILED("-Xcomp"),
    /** C2 takes random decisions, by a seed, where any decision must give right code. */
    STRESS("-XX:+UnlockDiagnosticVMOptions"),
    /** The same without C1, so that more is compiled by C2. */
    STRESS_C2("-XX:+UnlockDiagnosticVMOptions", "-XX:-TieredCompilation");

    /** The first JVMs of a run are of these modes, and then the same again. */
    private static final String ORDER =
            "DEFAULT,STRESS,C2,STRESS_C2,C1,DEFAULT,"
                    + "STRESS,INTERPRETER,DEFAULT,STRESS_C2,COMPILED,STRESS";

    /** JDK 17's product builds have these. */
    private static final List<String> STRESS_OPTIONS =
            List.of("StressLCM", "StressGCM", "StressIGVN", "StressCCP");

    /** JDK 25's have these too. */
    private static final List<String> LATER_STRESS_OPTIONS =
            List.of("StressIncrementalInlining", "StressMacroExpansion", "StressUnstableIfTraps");

    private static final List<String> COLLECTORS =
            List.of("-XX:+UseSerialGC", "-XX:+UseParallelGC", "-XX:+UseG1GC");

    private final List<String> flags;

    JitMode(String... flags) {
        this.flags = List.of(flags);
    }

    /** Returns the modes of a run's JVMs, by {@code stress.modes} if that is set. */
    static List<JitMode> order() {
        return order(ORDER);
    }

    /** Returns the modes that {@code stress.modes} lists, or those of the text. */
    static List<JitMode> order(String otherwise) {
        return Arrays.stream(System.getProperty("stress.modes", otherwise).split(","))
                .map(JitMode::valueOf)
                .toList();
    }

    /**
     * Returns the JVM options, one of three collectors among them: each has barriers of its own.
     *
     * @param feature the JDK's number, 17 or more
     * @param seed what decides by chance
     */
    List<String> options(int feature, int seed) {
        List<String> options = new ArrayList<>(flags);
        if (this == STRESS || this == STRESS_C2) {
            STRESS_OPTIONS.forEach(name -> options.add("-XX:+" + name));
            if (feature >= 25) {
                LATER_STRESS_OPTIONS.forEach(name -> options.add("-XX:+" + name));
            }
            options.add("-XX:StressSeed=" + seed);
        }
        options.add(COLLECTORS.get(Math.floorMod(seed, COLLECTORS.size())));
        return options;
    }

    /** Returns whether a JVM of this mode gets through only a small part of the scripts. */
    boolean slow() {
        return this == INTERPRETER || this == COMPILED;
    }
}
