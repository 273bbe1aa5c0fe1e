package io.github.jdbcpglite.build.compile;

import com.dylibso.chicory.wasm.Parser;
import io.github.jdbcpglite.build.codegen.CodeGenerator;
import io.github.jdbcpglite.build.codegen.CodeGeneratorOptions;
import io.github.jdbcpglite.build.codegen.FoldableCompares;
import io.github.jdbcpglite.build.codegen.GeneratedModule;
import io.github.jdbcpglite.build.codegen.Report;
import io.github.jdbcpglite.build.stage.PipelineException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.objectweb.asm.ClassWriter;

/** Turns the functions of a wasm module into JVM classes. Same input, same classes. */
public final class GeneratedCodeCompiler {
    private final List<List<Integer>> groups;

    /** Creates a compiler that puts functions into classes in the order of their indexes. */
    public GeneratedCodeCompiler() {
        this(List.of());
    }

    /**
     * Creates a compiler for a module of which is known what is used together.
     *
     * @param groups function indexes, see {@link CodeGeneratorOptions#groups}
     */
    public GeneratedCodeCompiler(List<List<Integer>> groups) {
        this.groups = groups;
    }

    /** Returns what identifies the options; another result, another name. */
    String id() {
        return groups.isEmpty() ? "generated" : "generated in groups " + groups;
    }

    /** Returns a class of each package or library whose code decides what comes out. */
    static List<Class<?>> code() {
        return List.of(CodeGenerator.class, ClassWriter.class, Parser.class);
    }

    /**
     * Compiles a module.
     *
     * @param wasm a valid module
     * @param machineClass name of the class to make that implements Chicory's {@code Machine}; all
     *     classes made are in its package
     * @return class files by class name
     * @throws PipelineException if HotSpot would not compile some of it, or not rightly
     */
    SortedMap<String, byte[]> compile(byte[] wasm, String machineClass) {
        GeneratedModule generated =
                CodeGenerator.generate(
                        Parser.parse(wasm),
                        CodeGeneratorOptions.of(machineClass).withGroups(groups));
        requireCompilable(generated.report());
        generated.classes().values().forEach(GeneratedCodeCompiler::requireRightWithC2);
        SortedMap<String, byte[]> classes = new TreeMap<>();
        generated.classes().forEach((name, file) -> classes.put(name.replace('/', '.'), file));
        return classes;
    }

    /** What HotSpot interprets for ever is slower by an order of magnitude, and nobody sees why. */
    private static void requireCompilable(Report report) {
        List<Report.MethodSize> huge =
                report.hugeMethods().stream().filter(method -> !isKnown(method)).toList();
        if (!huge.isEmpty()) {
            throw new PipelineException(
                    "HotSpot would not compile the methods "
                            + huge
                            + ": split them before, see OutlineOptions");
        }
    }

    private static void requireRightWithC2(byte[] classFile) {
        List<String> foldable = FoldableCompares.find(classFile);
        if (!foldable.isEmpty()) {
            throw new PipelineException(
                    "HotSpot's C2 may give wrong answers (JDK-8376400) with " + foldable);
        }
    }

    /**
     * Returns whether it is the block function of the hash SM3 in pgcrypto: one expression of 7,800
     * bytes, in which the operand stack is never empty, so that no run of it can be moved.
     */
    private static boolean isKnown(Report.MethodSize method) {
        return method.className().contains("/lib/pgcrypto/") && method.method().equals("f7511");
    }
}
