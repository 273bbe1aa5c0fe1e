package io.github.jdbcpglite.build.compile;

import java.util.List;

/** Turns the functions of a wasm module into JVM classes. Same input, same classes. */
public interface ModuleCompiler {
    /** Returns what identifies the compiler and its options; another result, another name. */
    String id();

    /** Returns a class of each package or library whose code decides what comes out. */
    List<Class<?>> code();

    /**
     * Compiles a module.
     *
     * @param wasm a valid module
     * @param machineClass name of the class to make that implements Chicory's {@code Machine} and
     *     has a public constructor with an {@code Instance}; all classes made are in its package
     * @return the classes
     */
    CompiledClasses compile(byte[] wasm, String machineClass);
}
