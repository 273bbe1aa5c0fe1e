package io.github.jdbcpglite.build.pipeline;

import io.github.jdbcpglite.build.clang.NativeTarget;
import io.github.jdbcpglite.build.nativelibrary.NativeStages;
import io.github.jdbcpglite.build.stage.Stage;
import io.github.jdbcpglite.build.stage.StageRunner;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the native library of the image, of modules that {@link Pipeline} made. */
public final class NativePipeline {
    private static final String LIBRARY = "jdbcpglite";
    private static final int FIRST_TARGET = 1;

    private final Command command;

    NativePipeline(PrintStream out, Map<String, String> environment) {
        command = new Command(out, environment);
    }

    /**
     * Runs the command line.
     *
     * @param args the directory of the pipeline's outputs, then targets
     */
    @SuppressForbidden("a program of its own, which talks to its user and ends with a status")
    public static void main(String[] args) {
        System.exit(new NativePipeline(System.out, System.getenv()).run(args));
    }

    /** Runs a command line and returns the exit status. */
    int run(String[] args) {
        return command.run(
                () -> {
                    if (args.length <= FIRST_TARGET) {
                        throw new Options.UsageException("there have to be two arguments");
                    }
                    Path work = Path.of(args[0]);
                    List<NativeTarget> targets = new ArrayList<>();
                    for (String id : List.of(args).subList(FIRST_TARGET, args.length)) {
                        targets.add(target(id));
                    }
                    List<Path> modules =
                            List.of(work.resolve("rewrite"), work.resolve("side-modules"));
                    StageRunner runner =
                            new StageRunner(work.resolve("stamps"), command.out()::println, false);
                    for (Stage stage :
                            NativeStages.of(
                                    modules, work, command.defaultCache(), LIBRARY, targets)) {
                        runner.run(stage, work.resolve(stage.name()));
                    }
                },
                "usage: NativePipeline WORK TARGET...");
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
