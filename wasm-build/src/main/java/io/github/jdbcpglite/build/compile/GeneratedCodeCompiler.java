package io.github.jdbcpglite.build.compile;

import com.dylibso.chicory.wasm.Parser;
import io.github.jdbcpglite.build.codegen.CodeGenerator;
import io.github.jdbcpglite.build.codegen.CodeGeneratorOptions;
import io.github.jdbcpglite.build.codegen.GeneratedModule;
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
        SortedMap<String, byte[]> classes = new TreeMap<>();
        generated.classes().forEach((name, file) -> classes.put(name.replace('/', '.'), file));
        return new CompiledClasses(classes, new TreeSet<>(generated.report().interpreted()));
    }
}
