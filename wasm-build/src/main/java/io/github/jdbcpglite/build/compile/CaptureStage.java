package io.github.jdbcpglite.build.compile;

import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportMemory;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.Import;
import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.stage.Progress;
import io.github.jdbcpglite.build.stage.Stage;
import io.github.jdbcpglite.build.stage.StageInputs;
import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.engine.bytecode.GeneratedModules;
import io.github.jdbcpglite.engine.bytecode.InitialInstance;
import io.github.jdbcpglite.engine.bytecode.memory.ChicoryMemory;
import io.github.jdbcpglite.engine.bytecode.memory.PagedImage;
import io.github.jdbcpglite.engine.bytecode.memory.PagedLinearMemory;
import io.github.jdbcpglite.engine.description.DescriptionCodec;
import io.github.jdbcpglite.engine.description.ModuleDescription;
import io.github.jdbcpglite.postgres.internal.distribution.DistributionLayout;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Instantiates the main module once and keeps what comes out, so that no process at run time parses
 * the module or evaluates its constant expressions.
 *
 * <p>The output is a root of the class path with the two resources that {@code image.properties}
 * names.
 */
public final class CaptureStage implements Stage {
    /** Name of the stored {@link ModuleDescription}, beside the module's classes. */
    public static final String TEMPLATE = "module.template";

    /** Name of the stored {@link PagedImage}. */
    public static final String MEMORY = "module.memory";

    private static final int INITIAL_WASM_PAGES = 2048;

    private final Path compiled;
    private final Path assembled;

    /**
     * Creates the stage.
     *
     * @param compiled output of the stage that compiled the main module
     * @param assembled a root of the class path with its classes
     */
    public CaptureStage(Path compiled, Path assembled) {
        this.compiled = compiled;
        this.assembled = assembled;
    }

    @Override
    public String name() {
        return "capture";
    }

    @Override
    public StageInputs inputs() {
        return StageInputs.none()
                .file("compiled main module", compiled)
                .code(CaptureStage.class, DescriptionCodec.class, PagedImage.class);
    }

    @Override
    public void run(Path output, Progress progress) throws IOException {
        ModuleList.Module main = ModuleList.single(compiled);
        Path wasm = compiled.resolve(CompileStage.IMAGE).resolve(main.wasm());
        WasmModule module = Parser.parse(Files.readAllBytes(wasm));
        Path directory = output.resolve(DistributionLayout.ROOT + main.wasm()).resolveSibling("");
        Files.createDirectories(directory);
        try (ImageClassLoader loader = new ImageClassLoader(assembled)) {
            PagedLinearMemory memory =
                    new PagedLinearMemory(INITIAL_WASM_PAGES, LinearMemory.MAX_PAGES);
            Instance instance =
                    GeneratedModules.configure(
                                    Instance.builder(module),
                                    GeneratedModules.machineFactory(
                                            GeneratedModules.machines(main.machineClass(), loader)))
                            .withImportValues(imports(module, memory))
                            .withStart(false)
                            .build();
            ModuleDescription template = InitialInstance.capture(instance);
            write(directory.resolve(TEMPLATE), out -> DescriptionCodec.write(template, out));
            write(directory.resolve(MEMORY), memory.freeze()::write);
        }
    }

    private static ImportValues imports(WasmModule module, PagedLinearMemory memory) {
        ImportValues.Builder values = ImportValues.builder();
        values.addMemory(new ImportMemory("env", "memory", new ChicoryMemory(memory)));
        for (int i = 0; i < module.importSection().importCount(); i++) {
            Import entry = module.importSection().getImport(i);
            if (entry instanceof FunctionImport function) {
                values.addFunction(
                        new ImportFunction(
                                function.module(),
                                function.name(),
                                module.typeSection().getType(function.typeIndex()),
                                (instance, arguments) -> {
                                    throw new PipelineException(
                                            "instantiation called " + function.name());
                                }));
            }
        }
        return values.build();
    }

    /** Writes a stored form. */
    @FunctionalInterface
    private interface Content {
        void write(DataOutputStream out) throws IOException;
    }

    private static void write(Path file, Content content) throws IOException {
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            content.write(out);
        }
    }
}
