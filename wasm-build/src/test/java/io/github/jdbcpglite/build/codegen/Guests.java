package io.github.jdbcpglite.build.codegen;

import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.WasmModule;
import io.github.jdbcpglite.engine.Trap;
import io.github.jdbcpglite.engine.bytecode.FunctionTable;
import io.github.jdbcpglite.engine.bytecode.GeneratedModules;
import io.github.jdbcpglite.engine.bytecode.memory.ChicoryMemory;
import java.util.Map;

/** Instances of test modules: interpreted by Chicory, or of generated classes. */
final class Guests {
    /** The generated machine of tests. */
    static final String MACHINE = "generated.test.Machine";

    private Guests() {}

    /** Defines classes from their bytes. */
    static final class MapClassLoader extends ClassLoader {
        private final Map<String, byte[]> classes;

        MapClassLoader(Map<String, byte[]> classes) {
            super(Guests.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classes.get(name.replace('.', '/'));
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }

    static Instance interpreted(WasmModule module, ImportValues imports) {
        return Instance.builder(module)
                .withMemoryFactory(ChicoryMemory::create)
                .withTableFactory(FunctionTable::create)
                .withImportValues(imports)
                .build();
    }

    static Instance generated(WasmModule module, ImportValues imports) {
        return generated(module, imports, CodeGeneratorOptions.of(MACHINE));
    }

    static Instance generated(
            WasmModule module, ImportValues imports, CodeGeneratorOptions options) {
        return instance(module, imports, CodeGenerator.generate(module, options));
    }

    static Instance instance(WasmModule module, ImportValues imports, GeneratedModule generated) {
        return GeneratedModules.configure(
                        Instance.builder(module),
                        GeneratedModules.machineFactory(
                                GeneratedModules.machines(
                                        generated.machineClassName(),
                                        new MapClassLoader(generated.classes()))))
                .withMemoryFactory(ChicoryMemory::create)
                .withImportValues(imports)
                .build();
    }

    static ImportValues noImports() {
        return ImportValues.builder().build();
    }

    /** Returns what a call gives, results in hexadecimal, or the trap's message. */
    static String outcome(Instance instance, String function, String resultTypes, long... args) {
        long[] results;
        try {
            results = instance.export(function).apply(args);
        } catch (ChicoryException | Trap e) {
            return "trap: " + category(e);
        }
        StringBuilder text = new StringBuilder("results:");
        for (int i = 0; i < resultTypes.length(); i++) {
            text.append(' ').append(canonical(resultTypes.charAt(i), results[i]));
        }
        return text.toString();
    }

    /** Chicory and the engine word some traps differently. */
    private static String category(RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        for (String known :
                new String[] {
                    "out of bounds memory access",
                    "out of bounds table access",
                    "undefined element",
                    "uninitialized element",
                    "indirect call type mismatch"
                }) {
            if (message.startsWith(known)) {
                return known;
            }
        }
        return message;
    }

    private static String canonical(char type, long raw) {
        return switch (type) {
            case 'I' -> Integer.toHexString((int) raw);
            case 'F' ->
                    Float.isNaN(Float.intBitsToFloat((int) raw))
                            ? "nan"
                            : Integer.toHexString((int) raw);
            case 'D' -> Double.isNaN(Double.longBitsToDouble(raw)) ? "nan" : Long.toHexString(raw);
            default -> Long.toHexString(raw);
        };
    }
}
