package io.github.jdbcpglite.build.pipeline;

import io.github.jdbcpglite.build.extension.BundleSpec;
import io.github.jdbcpglite.build.extension.ExtensionStages;
import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.stage.Stage;
import io.github.jdbcpglite.build.stage.StageRunner;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes a bundle of extensions from PGlite's archives and the stages of an image.
 *
 * <p>Exit status 0 if everything is up to date, 1 if a stage failed, 2 for a wrong command line.
 */
public final class ExtensionPipeline {
    private static final int ARGUMENTS = 4;

    private final PrintStream out;
    private final Map<String, String> environment;

    ExtensionPipeline(PrintStream out, Map<String, String> environment) {
        this.out = out;
        this.environment = environment;
    }

    /**
     * Runs the command line.
     *
     * @param args the bundle's name, the directory of the stages' outputs, the directory of the
     *     image's stages, and the directory of the bundle
     */
    @SuppressForbidden("a program of its own, which talks to its user and ends with a status")
    public static void main(String[] args) {
        System.exit(new ExtensionPipeline(System.out, System.getenv()).run(args));
    }

    /** Runs a command line and returns the exit status. */
    int run(String[] args) {
        if (args.length != ARGUMENTS || BundleSpec.named(args[0]).isEmpty()) {
            out.println(usage());
            return Pipeline.USAGE;
        }
        try {
            run(
                    BundleSpec.named(args[0]).orElseThrow(),
                    Path.of(args[1]),
                    Path.of(args[2]),
                    Path.of(args[3]));
            return Pipeline.OK;
        } catch (PipelineException e) {
            out.println("ERROR: " + e.getMessage());
            return Pipeline.FAILED;
        } catch (IOException e) {
            out.println("ERROR: " + e);
            return Pipeline.FAILED;
        }
    }

    private void run(BundleSpec spec, Path work, Path imageWork, Path bundle) throws IOException {
        List<Stage> stages =
                ExtensionStages.of(
                        spec,
                        work,
                        imageWork,
                        Pipeline.defaultCache(environment),
                        environment.getOrDefault("PATH", ""));
        StageRunner runner = new StageRunner(work.resolve("stamps"), out::println, false);
        for (Stage stage : stages) {
            boolean last = stage == stages.get(stages.size() - 1);
            runner.run(stage, last ? bundle : work.resolve(stage.name()));
        }
    }

    private static String usage() {
        return String.format(
                Locale.ROOT,
                "usage: ExtensionPipeline BUNDLE WORK IMAGE_WORK OUTPUT%nBundles: %s",
                String.join(", ", BundleSpec.ALL.stream().map(BundleSpec::name).toList()));
    }
}
