package io.github.jdbcpglite.build.pipeline;

import io.github.jdbcpglite.build.clang.NativeTarget;
import io.github.jdbcpglite.build.compile.ModuleList;
import io.github.jdbcpglite.build.nativelibrary.LibrarySource;
import io.github.jdbcpglite.build.nativelibrary.NativeStages;
import io.github.jdbcpglite.build.stage.Stage;
import io.github.jdbcpglite.build.stage.StageRunner;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes native libraries of modules that {@link Pipeline} and {@link ExtensionPipeline} made. */
public final class NativePipeline {
    private static final int ARGUMENTS = 5;

    private final Command command;

    NativePipeline(PrintStream out, Map<String, String> environment) {
        command = new Command(out, environment);
    }

    /**
     * Runs the command line.
     *
     * @param args see the usage text
     */
    @SuppressForbidden("a program of its own, which talks to its user and ends with a status")
    public static void main(String[] args) {
        System.exit(new NativePipeline(System.out, System.getenv()).run(args));
    }

    /** Runs a command line and returns the exit status. */
    int run(String[] args) {
        return command.run(
                () -> {
                    if (args.length != ARGUMENTS) {
                        throw new Options.UsageException("there have to be five arguments");
                    }
                    Path image = Path.of(args[3]);
                    List<LibrarySource> sources = new ArrayList<>();
                    sources.add(postgres(image));
                    addExtensions(Path.of(args[4]), sources);
                    run(target(args[0]), Path.of(args[1]), Path.of(args[2]), sources);
                },
                """
                usage: NativePipeline TARGET WORK OUTPUT IMAGE EXTENSIONS
                Makes the native libraries of one platform.
                  WORK        directory of the stages' outputs
                  OUTPUT      root of a class path with the libraries
                  IMAGE       directory of the outputs of PostgreSQL's pipeline
                  EXTENSIONS  directory whose directories are the modules of the extensions\
                """);
    }

    private static LibrarySource postgres(Path image) {
        return new LibrarySource(
                "postgres",
                List.of(
                        new LibrarySource.Modules(
                                image.resolve("rewrite"), image.resolve("compile")),
                        new LibrarySource.Modules(
                                image.resolve("side-modules"), image.resolve("compile-side"))));
    }

    /** Adds the extensions that have code, in the order of their names. */
    private static void addExtensions(Path extensions, List<LibrarySource> sources)
            throws IOException {
        List<Path> modules;
        try (Stream<Path> list = Files.list(extensions)) {
            modules = list.sorted().toList();
        }
        for (Path module : modules) {
            Path pipeline = module.resolve("target").resolve("pipeline");
            Path compiled = pipeline.resolve("compile");
            if (Files.exists(ModuleList.file(compiled))
                    && Files.size(ModuleList.file(compiled)) > 0) {
                sources.add(
                        new LibrarySource(
                                String.valueOf(module.getFileName()),
                                List.of(
                                        new LibrarySource.Modules(
                                                pipeline.resolve("side-modules"), compiled))));
            }
        }
    }

    private void run(NativeTarget target, Path work, Path output, List<LibrarySource> sources)
            throws IOException {
        List<Stage> stages = NativeStages.of(sources, work, command.defaultCache(), target);
        StageRunner runner = new StageRunner(work.resolve("stamps"), command.out()::println, false);
        for (Stage stage : stages) {
            boolean isLast = stage == stages.get(stages.size() - 1);
            runner.run(stage, isLast ? output : work.resolve(stage.name()));
        }
    }

    private static NativeTarget target(String id) throws Options.UsageException {
        for (NativeTarget target : NativeTarget.values()) {
            if (target.id().equals(id)) {
                return target;
            }
        }
        throw new Options.UsageException("there is no target " + id);
    }
}
