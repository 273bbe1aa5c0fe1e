package io.github.jdbcpglite.build.compile;

import io.github.jdbcpglite.build.stage.Hashes;
import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.stage.Progress;
import io.github.jdbcpglite.build.stage.Stage;
import io.github.jdbcpglite.build.stage.StageInputs;
import io.github.jdbcpglite.build.wasm.WasmModule;
import io.github.jdbcpglite.postgres.internal.distribution.DistributionLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compiles every module of a directory.
 *
 * <p>The output holds {@code image/} with what goes into the image, and {@code modules.list}, see
 * {@link ModuleList}.
 */
public final class CompileStage implements Stage {
    /** Directory of the output that goes into the image. */
    public static final String IMAGE = "image";

    private static final String MACHINE = "PgliteMachine";
    private static final String META = "module.wasm";

    private final String name;
    private final Path modules;
    private final String rootPackage;
    private final String group;
    private final GeneratedCodeCompiler compiler;

    /**
     * Creates the stage.
     *
     * @param name name of the stage
     * @param modules directory with modules by guest path
     * @param group sub-package of the image's package that gets a package for each module
     * @param compiler what compiles them
     */
    public CompileStage(String name, Path modules, String group, GeneratedCodeCompiler compiler) {
        this(name, modules, DistributionLayout.PACKAGE, group, compiler);
    }

    /**
     * Creates the stage for modules that are not the image's.
     *
     * @param name name of the stage
     * @param modules directory with modules by guest path
     * @param rootPackage package in whose directory the output {@code image/} will lie
     * @param group sub-package of it that gets a package for each module
     * @param compiler what compiles them
     */
    public CompileStage(
            String name,
            Path modules,
            String rootPackage,
            String group,
            GeneratedCodeCompiler compiler) {
        this.name = name;
        this.rootPackage = rootPackage;
        this.modules = modules;
        this.group = group;
        this.compiler = compiler;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public StageInputs inputs() {
        return StageInputs.none()
                .file("modules", modules)
                .parameter("package", rootPackage)
                .parameter("group", group)
                .parameter("compiler", compiler.id())
                .code(CompileStage.class, WasmModule.class, DistributionLayout.class)
                .code(GeneratedCodeCompiler.code());
    }

    @Override
    public void run(Path output, Progress progress) throws IOException {
        List<ModuleList.Module> compiled = new ArrayList<>();
        for (Map.Entry<String, Path> module : WasmFiles.below(modules, "").entrySet()) {
            byte[] wasm = Files.readAllBytes(module.getValue());
            compiled.add(compile(module.getKey(), wasm, output.resolve(IMAGE)));
        }
        long packages = compiled.stream().map(ModuleList.Module::machineClass).distinct().count();
        if (packages != compiled.size()) {
            throw new PipelineException("two modules of " + modules + " get the same class name");
        }
        ModuleList.write(output, compiled);
    }

    private ModuleList.Module compile(String guestPath, byte[] wasm, Path image)
            throws IOException {
        String directory = group + "/" + identifier(guestPath);
        String machine = rootPackage + "." + directory.replace('/', '.') + "." + MACHINE;
        Files.createDirectories(image.resolve(directory));
        for (Map.Entry<String, byte[]> each : compiler.compile(wasm, machine).entrySet()) {
            Files.write(classFile(image, each.getKey()), each.getValue());
        }
        Files.write(image.resolve(directory).resolve(META), EmptiedModule.of(wasm));
        return new ModuleList.Module(
                machine, directory + "/" + META, Hashes.ofBytes(wasm), guestPath);
    }

    private Path classFile(Path image, String className) {
        String below = className.substring(rootPackage.length() + 1);
        return image.resolve(below.replace('.', '/') + ".class");
    }

    /** Returns a name for packages from a file name, without its suffix. */
    private static String identifier(String guestPath) {
        String file = guestPath.substring(guestPath.lastIndexOf('/') + 1);
        int dot = file.lastIndexOf('.');
        String base = dot > 0 ? file.substring(0, dot) : file;
        String clean = base.replaceAll("[^A-Za-z0-9_]", "_");
        return Character.isDigit(clean.charAt(0)) ? "_" + clean : clean;
    }
}
