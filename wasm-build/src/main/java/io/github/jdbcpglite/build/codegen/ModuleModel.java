package io.github.jdbcpglite.build.codegen;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Import;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A module's functions, types and exports by index, and the names of what is made from them. */
final class ModuleModel {
    static final String ENGINE = "io/github/jdbcpglite/engine/bytecode/";

    /** Descriptor of the exceptions that {@code Traps} makes. */
    static final String TRAP = "Lio/github/jdbcpglite/engine/Trap;";

    static final String EXECUTION_CONTEXT = ENGINE + "ExecutionContext";
    private static final int MAX_PARAMETER_SLOTS = 254;

    private final WasmModule module;
    private final String machineClass;
    private final String prefix;
    private final List<FunctionImport> imports = new ArrayList<>();
    private final int[] functionTypes;
    private final FunctionType[] types;
    private final int[] canonical;
    private final GlobalModel globals;
    private final Map<Integer, String> functionClasses = new HashMap<>();
    private final Map<Integer, String> indirectClasses = new HashMap<>();

    ModuleModel(WasmModule module, String machineClass) {
        this.module = module;
        this.machineClass = machineClass.replace('.', '/');
        this.prefix = this.machineClass.substring(0, this.machineClass.lastIndexOf('/') + 1);
        for (int i = 0; i < module.importSection().importCount(); i++) {
            Import entry = module.importSection().getImport(i);
            if (entry instanceof FunctionImport function) {
                imports.add(function);
            }
        }
        int defined = module.functionSection().functionCount();
        functionTypes = new int[imports.size() + defined];
        for (int i = 0; i < functionTypes.length; i++) {
            functionTypes[i] =
                    i < imports.size()
                            ? imports.get(i).typeIndex()
                            : module.functionSection().getFunctionType(i - imports.size());
        }
        types = module.typeSection().types();
        canonical = canonicalTypes(types);
        globals = new GlobalModel(module);
        for (int i = 0; i < functionTypes.length; i++) {
            checkParameters(i);
        }
    }

    private static int[] canonicalTypes(FunctionType[] types) {
        Map<FunctionType, Integer> first = new HashMap<>();
        int[] canonical = new int[types.length];
        for (int i = 0; i < types.length; i++) {
            Integer earlier = first.putIfAbsent(types[i], i);
            canonical[i] = earlier == null ? i : earlier;
        }
        return canonical;
    }

    private void checkParameters(int function) {
        if (JvmTypes.slots(parameters(function)) > MAX_PARAMETER_SLOTS - 1) {
            throw new CodeGenerationException("function " + function + " has too many parameters");
        }
    }

    WasmModule module() {
        return module;
    }

    GlobalModel globals() {
        return globals;
    }

    int functionCount() {
        return functionTypes.length;
    }

    int importCount() {
        return imports.size();
    }

    FunctionImport functionImport(int function) {
        return imports.get(function);
    }

    FunctionBody body(int function) {
        return module.codeSection().getFunctionBody(function - imports.size());
    }

    FunctionType type(int typeIndex) {
        return types[typeIndex];
    }

    int typeCount() {
        return types.length;
    }

    int canonicalType(int typeIndex) {
        return canonical[typeIndex];
    }

    FunctionType functionType(int function) {
        return types[functionTypes[function]];
    }

    int canonicalTypeOf(int function) {
        return canonical[functionTypes[function]];
    }

    /** Returns the index of a structurally equal type, or -1. */
    int findType(FunctionType wanted) {
        for (int i = 0; i < types.length; i++) {
            if (types[i].equals(wanted)) {
                return i;
            }
        }
        return -1;
    }

    /** Returns the index of an exported function, or -1. */
    int exportedFunction(String name) {
        for (int i = 0; i < module.exportSection().exportCount(); i++) {
            Export export = module.exportSection().getExport(i);
            if (export.exportType() == ExternalType.FUNCTION && export.name().equals(name)) {
                return export.index();
            }
        }
        return -1;
    }

    String parameters(int function) {
        return JvmTypes.of(functionType(function).params());
    }

    /** Returns the descriptor of a function's method: parameters, context. */
    String descriptor(FunctionType type) {
        return "("
                + JvmTypes.of(type.params())
                + contextDescriptor()
                + ")"
                + JvmTypes.returned(type);
    }

    /**
     * Returns the descriptor of a method that calls a type's functions: parameters, index, context.
     */
    String indirectDescriptor(FunctionType type) {
        return "("
                + JvmTypes.of(type.params())
                + "I"
                + contextDescriptor()
                + ")"
                + JvmTypes.returned(type);
    }

    String className(String simpleName) {
        return prefix + simpleName;
    }

    String machineClass() {
        return machineClass;
    }

    String contextClass() {
        return className("Context");
    }

    String contextDescriptor() {
        return "L" + contextClass() + ";";
    }

    /** Decides in which class a function's method lies. */
    void placeFunction(int function, String className) {
        functionClasses.put(function, className);
    }

    String functionClass(int function) {
        String name =
                function < imports.size() ? className("Imports") : functionClasses.get(function);
        if (name == null) {
            throw new IllegalStateException("function " + function + " has no class");
        }
        return name;
    }

    static String functionMethod(int function) {
        return "f" + function;
    }

    void placeIndirect(int canonicalType, String className) {
        indirectClasses.put(canonicalType, className);
    }

    String indirectClass(int canonicalType) {
        String name = indirectClasses.get(canonicalType);
        if (name == null) {
            throw new IllegalStateException("type " + canonicalType + " has no class");
        }
        return name;
    }

    static String indirectMethod(int canonicalType) {
        return "t" + canonicalType;
    }
}
