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
import java.util.TreeSet;
import org.objectweb.asm.ClassWriter;

/** This library's own code generator. */
public final class GeneratedCodeCompiler implements ModuleCompiler {
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

    @Override
    public String id() {
        return groups.isEmpty() ? "generated" : "generated in groups " + groups;
    }

    @Override
    public List<Class<?>> code() {
        return List.of(CodeGenerator.class, ClassWriter.class, Parser.class);
    }

    @Override
    public CompiledClasses compile(byte[] wasm, String machineClass) {
        GeneratedModule generated =
                CodeGenerator.generate(
                        Parser.parse(wasm),
                        CodeGeneratorOptions.of(machineClass)
                                .withInterpreterFallback()
                                .withGroups(groups));
        requireCompilable(generated.report());
        generated.classes().values().forEach(GeneratedCodeCompiler::requireRightWithC2);
        SortedMap<String, byte[]> classes = new TreeMap<>();
        generated.classes().forEach((name, file) -> classes.put(name.replace('/', '.'), file));
        return new CompiledClasses(classes, new TreeSet<>(generated.report().interpreted()));
    }

    /** What HotSpot interprets for ever is slower by an order of magnitude, and nobody sees why. */
    private static void requireCompilable(Report report) {
        List<Report.MethodSize> huge =
                report.hugeMethods().stream().filter(method -> !isKnown(method)).toList();
        if (!huge.isEmpty() || !report.interpreted().isEmpty()) {
            throw new PipelineException(
                    "HotSpot would not compile the methods "
                            + huge
                            + " and the functions "
                            + report.interpreted()
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
