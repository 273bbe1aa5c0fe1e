package io.github.jdbcpglite.build.pipeline;

import io.github.jdbcpglite.build.stage.Progress;
import io.github.jdbcpglite.build.stage.Stage;
import io.github.jdbcpglite.build.stage.StageRunner;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes the image of PGlite, or one stage of it. */
public final class Pipeline {
    private final Command command;

    Pipeline(PrintStream out, Map<String, String> environment) {
        command = new Command(out, environment);
    }

    /**
     * Runs the command line.
     *
     * @param args see the usage text
     */
    @SuppressForbidden("a program of its own, which talks to its user and ends with a status")
    public static void main(String[] args) {
        System.exit(new Pipeline(System.out, System.getenv()).run(args));
    }

    /** Runs a command line and returns the exit status. */
    int run(String[] args) {
        return command.run(
                () -> {
                    Options options = Options.parse(args, command.defaultCache());
                    StageList list =
                            new StageList(options.work(), options.cache(), command.searchPath());
                    run(options, list.stages());
                },
                usage());
    }

    private void run(Options options, List<Stage> stages)
            throws IOException, Options.UsageException {
        int last = last(options.stage(), stages);
        Progress progress = command.out()::println;
        StageRunner runner =
                new StageRunner(options.work().resolve("stamps"), progress, options.force());
        int first = options.only() ? last : 0;
        for (Stage stage : stages.subList(first, last + 1)) {
            boolean isImage = stage == stages.get(stages.size() - 1);
            Path output = isImage ? options.image() : options.work().resolve(stage.name());
            runner.run(stage, output);
        }
    }

    private static int last(String wanted, List<Stage> stages) throws Options.UsageException {
        if (wanted.equals(Options.ALL)) {
            return stages.size() - 1;
        }
        for (int i = 0; i < stages.size(); i++) {
            if (stages.get(i).name().equals(wanted)) {
                return i;
            }
        }
        throw new Options.UsageException("there is no stage " + wanted);
    }

    private static String usage() {
        StringBuilder names = new StringBuilder();
        for (Stage stage : new StageList(Path.of(""), Path.of(""), "").stages()) {
            names.append(' ').append(stage.name());
        }
        return String.format(
                Locale.ROOT,
                """
                usage: Pipeline [OPTION]... STAGE
                Brings a stage and those before it up to date; 'all' stands for the last one.
                Stages:%s
                  --work DIR   outputs of the stages, by name (default target/pipeline)
                  --image DIR  output of the last stage (default image in the work directory)
                  --cache DIR  downloads, kept between builds
                               (default: %s)
                  --only       take the stages before as they are
                  --force      run stages whose inputs are unchanged too\
                """,
                names,
                Command.cacheHelp());
    }
}
