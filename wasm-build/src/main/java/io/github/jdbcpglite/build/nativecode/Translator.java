package io.github.jdbcpglite.build.nativecode;

import io.github.jdbcpglite.build.stage.Hashes;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Translates a module to C. */
public final class Translator {
    /** The file that all others of a module include. */
    static final String HEADER = "module.h";

    private static final String MODULE = "module.c";

    /** Instructions of a file: so many that compilers of several files share the work evenly. */
    private static final int INSTRUCTIONS_PER_FILE = 60_000;

    private final ModuleModel model;
    private final SortedMap<String, String> files = new TreeMap<>();

    private Translator(ModuleModel model) {
        this.model = model;
    }

    /**
     * Translates a module.
     *
     * @param wasm the binary format of a valid module
     * @param options what it becomes
     * @return the texts of the C files and of their header, by file name
     * @throws TranslationException if it uses what is not translated
     */
    public static SortedMap<String, String> translate(byte[] wasm, TranslatorOptions options) {
        ModuleModel model = new ModuleModel(WasmModule.parse(wasm), options);
        ModuleText text = new ModuleText(model, Hashes.ofBytes(wasm));
        Translator translator = new Translator(model);
        translator.files.put(HEADER, text.header());
        translator.files.put(MODULE, text.module());
        translator.functions();
        return translator.files;
    }

    /**
     * Returns the name of the symbol that describes a module to the runtime.
     *
     * @param codeName the module's name
     */
    public static String symbol(String codeName) {
        return "jdbcpglite_module_" + Identifiers.of(codeName);
    }

    private void functions() {
        CWriter out = file();
        int instructions = 0;
        for (int i = model.importCount(); i < model.functionCount(); i++) {
            FunctionTranslator function = new FunctionTranslator(model, i);
            if (instructions > 0
                    && instructions + function.instructionCount() > INSTRUCTIONS_PER_FILE) {
                finish(out);
                out = file();
                instructions = 0;
            }
            instructions += function.instructionCount();
            function.translate(out);
        }
        if (instructions > 0) {
            finish(out);
        }
    }

    private static CWriter file() {
        CWriter out = new CWriter();
        out.line("#include \"" + HEADER + "\"");
        return out;
    }

    private void finish(CWriter out) {
        // The header and the module's file are there before the first of these.
        files.put(String.format(Locale.ROOT, "functions_%03d.c", files.size() - 2), out.toString());
    }
}
