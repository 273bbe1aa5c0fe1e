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
    /** Creates the compiler. */
    public GeneratedCodeCompiler() {}

    @Override
    public String id() {
        return "generated";
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
                        CodeGeneratorOptions.of(machineClass).withInterpreterFallback());
        SortedMap<String, byte[]> classes = new TreeMap<>();
        generated.classes().forEach((name, file) -> classes.put(name.replace('/', '.'), file));
        return new CompiledClasses(classes, new TreeSet<>(generated.report().interpreted()));
    }
}
