package io.github.jdbcpglite.build.pipeline;

import io.github.jdbcpglite.build.program.ProgramStages;
import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.stage.Stage;
import io.github.jdbcpglite.build.stage.StageRunner;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Makes pg_dump from PGlite's build of it.
 *
 * <p>Exit status 0 if everything is up to date, 1 if a stage failed, 2 for a wrong command line.
 */
public final class ProgramPipeline {
    private static final int ARGUMENTS = 2;

    private final PrintStream out;
    private final Map<String, String> environment;

    ProgramPipeline(PrintStream out, Map<String, String> environment) {
        this.out = out;
        this.environment = environment;
    }

    /**
     * Runs the command line.
     *
     * @param args the directory of the stages' outputs, and the directory of the result
     */
    @SuppressForbidden("a program of its own, which talks to its user and ends with a status")
    public static void main(String[] args) {
        System.exit(new ProgramPipeline(System.out, System.getenv()).run(args));
    }

    /** Runs a command line and returns the exit status. */
    int run(String[] args) {
        if (args.length != ARGUMENTS) {
            out.println("usage: ProgramPipeline WORK OUTPUT");
            return Pipeline.USAGE;
        }
        try {
            run(Path.of(args[0]), Path.of(args[1]));
            return Pipeline.OK;
        } catch (PipelineException e) {
            out.println("ERROR: " + e.getMessage());
            return Pipeline.FAILED;
        } catch (IOException e) {
            out.println("ERROR: " + e);
            return Pipeline.FAILED;
        }
    }

    private void run(Path work, Path result) throws IOException {
        List<Stage> stages =
                ProgramStages.of(
                        work,
                        Pipeline.defaultCache(environment),
                        environment.getOrDefault("PATH", ""));
        StageRunner runner = new StageRunner(work.resolve("stamps"), out::println, false);
        for (Stage stage : stages) {
            boolean last = stage == stages.get(stages.size() - 1);
            runner.run(stage, last ? result : work.resolve(stage.name()));
        }
    }
}
