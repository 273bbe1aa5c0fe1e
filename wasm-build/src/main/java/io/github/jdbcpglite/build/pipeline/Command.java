package io.github.jdbcpglite.build.pipeline;

import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.stage.Stage;
import io.github.jdbcpglite.build.stage.StageRunner;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the programs of this package have in common: exit status 0 if everything is up to date, 1 if
 * a stage failed, 2 for a wrong command line.
 *
 * @param out where progress and errors are told
 * @param environment the variables of the process
 */
record Command(PrintStream out, Map<String, String> environment) {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;

    private static final String CACHE_PROPERTY = "pglite.cache";
    private static final String CACHE_VARIABLE = "PGLITE_CACHE";

    /** What a program does once its command line is understood. */
    interface Work {
        void run() throws IOException, Options.UsageException;
    }

    /** Does the work, tells what went wrong, and returns the exit status. */
    int run(Work work, String usage) {
        try {
            work.run();
            return OK;
        } catch (Options.UsageException e) {
            out.println(e.getMessage());
            out.println(usage);
            return USAGE;
        } catch (PipelineException e) {
            out.println("ERROR: " + e.getMessage());
            return FAILED;
        } catch (IOException e) {
            out.println("ERROR: " + e);
            return FAILED;
        }
    }

    /** Runs all stages; the output of the last one goes to a place of its own. */
    void runAll(List<Stage> stages, Path work, Path result) throws IOException {
        StageRunner runner = new StageRunner(work.resolve("stamps"), out::println, false);
        for (Stage stage : stages) {
            boolean last = stage == stages.get(stages.size() - 1);
            runner.run(stage, last ? result : work.resolve(stage.name()));
        }
    }

    /** Returns where programs are looked for. */
    String searchPath() {
        return environment.getOrDefault("PATH", "");
    }

    /** Returns where downloads are kept when no argument says it. */
    Path defaultCache() {
        String configured =
                System.getProperty(CACHE_PROPERTY, environment.getOrDefault(CACHE_VARIABLE, ""));
        return configured.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".cache", "jdbc-pglite")
                : Path.of(configured);
    }

    /** Returns how the place of downloads can be set, for usage texts. */
    static String cacheHelp() {
        return "the property "
                + CACHE_PROPERTY
                + ", the variable "
                + CACHE_VARIABLE
                + ", or ~/.cache/jdbc-pglite";
    }
}
