package io.github.jdbcpglite.build.compile;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.internal.ByteClassCollector;
import com.dylibso.chicory.compiler.internal.Compiler;
import com.dylibso.chicory.compiler.internal.CompilerResult;
import com.dylibso.chicory.wasm.Parser;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Chicory's own compiler.
 *
 * <p>It leaves functions that need more than 64 KB of bytecode to the interpreter.
 */
public final class ChicoryCompiler implements ModuleCompiler {
    /** Creates the compiler. */
    public ChicoryCompiler() {}

    @Override
    public String id() {
        return "chicory";
    }

    @Override
    public List<Class<?>> code() {
        return List.of(Compiler.class, Parser.class);
    }

    @Override
    public CompiledClasses compile(byte[] wasm, String machineClass) {
        CompilerResult result =
                Compiler.builder(Parser.parse(wasm))
                        .withClassName(machineClass)
                        .withInterpreterFallback(InterpreterFallback.SILENT)
                        .withClassCollectorFactory(ByteClassCollector::new)
                        .build()
                        .compile();
        SortedMap<String, byte[]> classes = new TreeMap<>();
        // The compiler names some classes the way source code does and some as class files do.
        result.classBytes().forEach((name, file) -> classes.put(name.replace('/', '.'), file));
        return new CompiledClasses(classes, new TreeSet<>(result.interpretedFunctions()));
    }
}
