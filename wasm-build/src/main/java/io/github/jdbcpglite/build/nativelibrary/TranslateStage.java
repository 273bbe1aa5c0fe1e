package io.github.jdbcpglite.build.nativelibrary;

import io.github.jdbcpglite.build.compile.WasmFiles;
import io.github.jdbcpglite.build.nativecode.TranslationException;
import io.github.jdbcpglite.build.nativecode.Translator;
import io.github.jdbcpglite.build.nativecode.TranslatorOptions;
import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.stage.Progress;
import io.github.jdbcpglite.build.stage.Stage;
import io.github.jdbcpglite.build.stage.StageInputs;
import io.github.jdbcpglite.build.wasm.Import;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Translates modules to C: a directory for each, and {@code modules.c}, which lists them for the
 * runtime.
 */
public final class TranslateStage implements Stage {
    /** Name of the stage. */
    public static final String NAME = "translate";

    private static final String LIST = "modules.c";

    /** What Emscripten's libraries import, and main modules do not. */
    private static final String MEMORY_BASE = "__memory_base";

    private final List<Path> modules;

    /**
     * Creates the stage.
     *
     * @param modules directories with modules by guest path
     */
    public TranslateStage(List<Path> modules) {
        this.modules = List.copyOf(modules);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public StageInputs inputs() {
        StageInputs inputs = StageInputs.none();
        for (int i = 0; i < modules.size(); i++) {
            inputs = inputs.file("modules " + i, modules.get(i));
        }
        return inputs.code(TranslateStage.class, Translator.class, WasmModule.class);
    }

    @Override
    public void run(Path output, Progress progress) throws IOException {
        List<String> symbols = new ArrayList<>();
        for (Path directory : modules) {
            for (Map.Entry<String, Path> module : WasmFiles.below(directory, "").entrySet()) {
                byte[] wasm = Files.readAllBytes(module.getValue());
                symbols.add(translate(module.getKey(), wasm, output));
            }
        }
        if (symbols.stream().distinct().count() != symbols.size()) {
            throw new PipelineException("two modules get the same name: " + symbols);
        }
        Files.writeString(output.resolve(LIST), list(symbols));
        progress.line(symbols.size() + " modules");
    }

    private static String translate(String guestPath, byte[] wasm, Path output) throws IOException {
        String codeName = codeName(guestPath);
        TranslatorOptions options =
                isLibrary(WasmModule.parse(wasm))
                        ? TranslatorOptions.library(codeName)
                        : TranslatorOptions.main(codeName);
        Path target = Files.createDirectories(output.resolve(codeName));
        try {
            for (Map.Entry<String, String> file : Translator.translate(wasm, options).entrySet()) {
                Files.writeString(target.resolve(file.getKey()), file.getValue());
            }
        } catch (TranslationException e) {
            throw new PipelineException(guestPath + " cannot be translated: " + e.getMessage(), e);
        }
        return Translator.symbol(codeName);
    }

    private static boolean isLibrary(WasmModule module) {
        return module.imports().stream().map(Import::name).anyMatch(MEMORY_BASE::equals);
    }

    /** Returns the code name of a module: its file's name without suffix. */
    static String codeName(String guestPath) {
        String file = guestPath.substring(guestPath.lastIndexOf('/') + 1);
        int dot = file.lastIndexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }

    private static String list(List<String> symbols) {
        StringBuilder text = new StringBuilder("#include \"guest.h\"\n\n");
        symbols.forEach(symbol -> text.append("extern const module ").append(symbol).append(";\n"));
        text.append("\nconst module *const modules[] = {\n");
        symbols.forEach(symbol -> text.append("  &").append(symbol).append(",\n"));
        return text.append("  0,\n};\n").toString();
    }
}
