package io.github.jdbcpglite.build.nativelibrary;

import io.github.jdbcpglite.build.compile.ModuleList;
import io.github.jdbcpglite.build.nativecode.TranslationException;
import io.github.jdbcpglite.build.nativecode.Translator;
import io.github.jdbcpglite.build.nativecode.TranslatorOptions;
import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.stage.Progress;
import io.github.jdbcpglite.build.stage.Stage;
import io.github.jdbcpglite.build.stage.StageInputs;
import io.github.jdbcpglite.build.wasm.WasmModule;
import io.github.jdbcpglite.engine.description.LibraryDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Translates the modules of a library to C: a directory for each, and {@code modules.c}, which
 * lists them for the runtime.
 */
final class TranslateStage implements Stage {
    private static final String LIST = "modules.c";

    private final LibrarySource source;

    TranslateStage(LibrarySource source) {
        this.source = source;
    }

    @Override
    public String name() {
        return "translate-" + source.name();
    }

    @Override
    public StageInputs inputs() {
        StageInputs inputs = StageInputs.none();
        for (LibrarySource.Modules modules : source.modules()) {
            String key = String.valueOf(modules.compiled().getFileName());
            inputs = inputs.file(key + " modules", modules.wasm());
            inputs = inputs.file(key + " list", ModuleList.file(modules.compiled()));
        }
        return inputs.code(
                TranslateStage.class, Translator.class, WasmModule.class, LibraryDescription.class);
    }

    @Override
    public void run(Path output, Progress progress) throws IOException {
        List<String> symbols = new ArrayList<>();
        for (LibrarySource.Modules modules : source.modules()) {
            for (ModuleList.Module module : ModuleList.read(modules.compiled())) {
                Path wasm = modules.wasm().resolve(module.guestPath().substring(1));
                symbols.add(translate(module, Files.readAllBytes(wasm), output));
            }
        }
        Files.writeString(output.resolve(LIST), list(symbols));
        progress.line(symbols.size() + " modules");
    }

    private static String translate(ModuleList.Module module, byte[] wasm, Path output)
            throws IOException {
        String codeName = module.machineClass();
        TranslatorOptions options = TranslatorOptions.of(codeName, wasm);
        Path target = Files.createDirectories(output.resolve(codeName));
        try {
            for (Map.Entry<String, String> file : Translator.translate(wasm, options).entrySet()) {
                Files.writeString(target.resolve(file.getKey()), file.getValue());
            }
        } catch (TranslationException e) {
            throw new PipelineException(
                    module.guestPath() + " cannot be translated: " + e.getMessage(), e);
        }
        return Translator.symbol(codeName);
    }

    private static String list(List<String> symbols) {
        StringBuilder text = new StringBuilder("#include \"guest.h\"\n\n");
        symbols.forEach(symbol -> text.append("extern const module ").append(symbol).append(";\n"));
        text.append("\nconst module *const library_modules[] = {\n");
        symbols.forEach(symbol -> text.append("  &").append(symbol).append(",\n"));
        return text.append("  0,\n};\n").toString();
    }
}
