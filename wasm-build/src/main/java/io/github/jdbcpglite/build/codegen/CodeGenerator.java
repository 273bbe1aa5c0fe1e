package io.github.jdbcpglite.build.codegen;

import static org.objectweb.asm.Opcodes.INVOKESTATIC;

import com.dylibso.chicory.wasm.WasmModule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.MethodTooLargeException;

/**
 * Translates a WebAssembly module to JVM classes, to be run by the engine package of the run time.
 *
 * <p>A function becomes a static method whose last parameter is the context; its stack-map frames
 * are written from the wasm types. The output depends on the module and the options alone.
 */
public final class CodeGenerator {
    /** Types have few functions in the table each, except one or two; so a class takes several. */
    private static final int TYPES_PER_CLASS = 40;

    /** The most functions in one class. */
    private static final int FUNCTIONS_PER_CLASS = 150;

    private static final String PROFILE = ModuleModel.ENGINE + "FunctionProfile";

    private final ModuleModel model;
    private final CodeGeneratorOptions options;
    private final ImportEmitter imports;
    private final MemoryEmitter memory;
    private final ReachableFunctions reachable;
    private final SortedMap<Integer, List<Integer>> direct;
    private final SortedMap<String, byte[]> classes = new TreeMap<>();
    private final List<Report.MethodSize> methods = new ArrayList<>();
    private long codeBytes;

    private CodeGenerator(WasmModule module, CodeGeneratorOptions options) {
        this.model = new ModuleModel(module, options.machineClass());
        this.options = options;
        this.imports = new ImportEmitter(model);
        this.memory = new MemoryEmitter(model);
        this.reachable = new ReachableFunctions(model);
        this.direct = reachable.byType();
    }

    /**
     * Translates a module.
     *
     * @param module the parsed and validated module, with function bodies
     * @throws CodeGenerationException if the module uses what is not supported, or a function is
     *     too large for a JVM method
     */
    public static GeneratedModule generate(WasmModule module, CodeGeneratorOptions options) {
        return new CodeGenerator(module, options).generate();
    }

    private GeneratedModule generate() {
        List<List<Integer>> groups =
                FunctionGroups.classes(
                        options.groups(),
                        FUNCTIONS_PER_CLASS,
                        model.importCount(),
                        model.functionCount());
        for (int i = 0; i < groups.size(); i++) {
            for (int function : groups.get(i)) {
                model.placeFunction(function, functionClass(i));
            }
        }
        for (int type = 0; type < model.typeCount(); type++) {
            model.placeIndirect(
                    model.canonicalType(type),
                    model.className("Types" + model.canonicalType(type) / TYPES_PER_CLASS));
        }
        for (int i = 0; i < groups.size(); i++) {
            emitFunctions(functionClass(i), groups.get(i));
        }
        codeBytes = methods.stream().mapToLong(Report.MethodSize::codeBytes).sum();
        emitImports();
        emitIndirectCalls();
        new DispatchEmitter(model, reachable.fromHost()).emit().forEach(this::add);
        MachineEmitter machines = new MachineEmitter(model);
        add(machines.context());
        ClassBuilder machine = machines.machine(direct);
        add(machine);
        return new GeneratedModule(classes, machine.name().replace('/', '.'), report());
    }

    private String functionClass(int index) {
        return model.className("Functions" + index);
    }

    private Report report() {
        return new Report(
                model.functionCount() - model.importCount(),
                classes.values().stream().mapToLong(bytes -> bytes.length).sum(),
                codeBytes,
                methods.stream()
                        .filter(method -> method.codeBytes() > Report.HUGE_METHOD_BYTES)
                        .sorted(
                                Comparator.comparingInt(Report.MethodSize::codeBytes)
                                        .reversed()
                                        .thenComparing(Report.MethodSize::className)
                                        .thenComparing(Report.MethodSize::method))
                        .toList());
    }

    private void add(ClassBuilder builder) {
        try {
            classes.put(builder.name(), builder.toBytes());
        } catch (ClassTooLargeException e) {
            throw new CodeGenerationException(
                    "class " + builder.name() + " is too large: put fewer functions in a class", e);
        }
        methods.addAll(builder.methods());
    }

    private void emitFunctions(String className, List<Integer> functions) {
        ClassBuilder builder = new ClassBuilder(className);
        for (int function : functions) {
            emitFunction(builder, function);
        }
        try {
            add(builder);
        } catch (MethodTooLargeException e) {
            throw new CodeGenerationException(
                    "function "
                            + e.getMethodName().substring(1)
                            + " needs "
                            + e.getCodeSize()
                            + " bytes of code, more than a JVM method holds: split it by outlining",
                    e);
        }
    }

    private void emitFunction(ClassBuilder builder, int function) {
        String name = ModuleModel.functionMethod(function);
        var method = builder.staticMethod(name, model.descriptor(model.functionType(function)));
        if (options.profiled()) {
            method.visitLdcInsn(function);
            method.visitMethodInsn(INVOKESTATIC, PROFILE, "hit", "(I)V", false);
        }
        builder.record(name, new FunctionTranslator(model, memory, function, method).translate());
    }

    private void emitImports() {
        ClassBuilder builder = new ClassBuilder(model.className("Imports"));
        for (int function = 0; function < model.importCount(); function++) {
            imports.emitImport(builder, function);
        }
        add(builder);
    }

    private void emitIndirectCalls() {
        Map<String, ClassBuilder> builders = new TreeMap<>();
        for (int type = 0; type < model.typeCount(); type++) {
            if (model.canonicalType(type) == type) {
                ClassBuilder builder =
                        builders.computeIfAbsent(model.indirectClass(type), ClassBuilder::new);
                new IndirectCallEmitter(model, builder)
                        .emit(type, direct.getOrDefault(type, List.of()));
            }
        }
        builders.values().forEach(this::add);
    }
}
