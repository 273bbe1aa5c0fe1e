package io.github.jdbcpglite.build.nativecode;

import io.github.jdbcpglite.build.wasm.ExternalKind;
import io.github.jdbcpglite.build.wasm.FuncType;
import io.github.jdbcpglite.build.wasm.Import;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A module's functions, types and globals by index, and their names in C. */
final class ModuleModel {
    private static final String INVOKE = "invoke_";
    private static final String THROW_LONGJMP = "_emscripten_throw_longjmp";

    private final WasmModule module;
    private final TranslatorOptions options;
    private final FunctionNames names;
    private final GlobalPlaces globals;
    private final Segments segments;
    private final List<Import> imports = new ArrayList<>();
    private final List<Signature> signatures = new ArrayList<>();

    ModuleModel(WasmModule module, TranslatorOptions options) {
        this.module = module;
        this.options = options;
        this.names = new FunctionNames(module);
        this.globals = new GlobalPlaces(module, options.library());
        this.segments = new Segments(module);
        for (Import each : module.imports()) {
            if (each.kind() == ExternalKind.FUNCTION) {
                imports.add(each);
            }
        }
        for (int i = 0; i < module.functionCount(); i++) {
            signatures.add(new Signature(module.functionType(i)));
        }
    }

    WasmModule module() {
        return module;
    }

    TranslatorOptions options() {
        return options;
    }

    GlobalPlaces globals() {
        return globals;
    }

    Segments segments() {
        return segments;
    }

    int importCount() {
        return imports.size();
    }

    int functionCount() {
        return signatures.size();
    }

    Signature signature(int function) {
        return signatures.get(function);
    }

    /** Returns the C name of a function; of an imported one that of its stub. */
    String functionName(int function) {
        return options.prefix() + names.of(function);
    }

    /** Returns a name for something the module has once. */
    String symbol(String name) {
        return name + "_" + Identifiers.of(options.codeName());
    }

    /** Returns whether an import is a function of Emscripten that catches what longjmp throws. */
    boolean isInvoke(int function) {
        return imports.get(function).name().startsWith(INVOKE);
    }

    boolean isThrowLongjmp(int function) {
        return imports.get(function).name().equals(THROW_LONGJMP);
    }

    /** Returns whether calls of a function go to what the engine bound the import to. */
    boolean isBound(int function) {
        return options.library()
                && function < imports.size()
                && !isInvoke(function)
                && !isThrowLongjmp(function);
    }

    /** Returns the translatable types of the module and its functions, each once, by C name. */
    Map<String, Signature> types() {
        Map<String, Signature> types = new LinkedHashMap<>();
        for (FuncType type : module.types()) {
            add(types, new Signature(type));
        }
        for (int i = 0; i < imports.size(); i++) {
            if (isInvoke(i)) {
                add(types, signature(i).invoked());
            }
        }
        return types;
    }

    /** Returns those of the types that the module's functions have. */
    Map<String, Signature> functionTypes() {
        Map<String, Signature> types = new LinkedHashMap<>();
        signatures.forEach(signature -> add(types, signature));
        return types;
    }

    private static void add(Map<String, Signature> types, Signature signature) {
        if (signature.isTranslatable()) {
            types.putIfAbsent(signature.typeName(), signature);
        }
    }
}
