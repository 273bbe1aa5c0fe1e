package io.github.jdbcpglite.build.pipeline;

import io.github.jdbcpglite.build.extension.BundleSpec;
import io.github.jdbcpglite.build.extension.ExtensionStages;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Makes a bundle of extensions from PGlite's archives and the stages of an image.
 *
 * <p>Exit status 0 if everything is up to date, 1 if a stage failed, 2 for a wrong command line.
 */
public final class ExtensionPipeline {
    private static final int ARGUMENTS = 4;

    private final Command command;

    ExtensionPipeline(PrintStream out, Map<String, String> environment) {
        command = new Command(out, environment);
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
        return command.run(
                () -> {
                    if (args.length != ARGUMENTS) {
                        throw new Options.UsageException("there have to be four arguments");
                    }
                    BundleSpec spec =
                            BundleSpec.named(args[0])
                                    .orElseThrow(
                                            () ->
                                                    new Options.UsageException(
                                                            "there is no bundle " + args[0]));
                    Path work = Path.of(args[1]);
                    command.runAll(
                            ExtensionStages.of(
                                    spec,
                                    work,
                                    Path.of(args[2]),
                                    command.defaultCache(),
                                    command.searchPath()),
                            work,
                            Path.of(args[3]));
                },
                usage());
    }

    private static String usage() {
        return String.format(
                Locale.ROOT,
                "usage: ExtensionPipeline BUNDLE WORK IMAGE_WORK OUTPUT%nBundles: %s",
                String.join(", ", BundleSpec.ALL.stream().map(BundleSpec::name).toList()));
    }
}
