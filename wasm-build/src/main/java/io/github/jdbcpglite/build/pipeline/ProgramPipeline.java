package io.github.jdbcpglite.build.pipeline;

import io.github.jdbcpglite.build.program.ProgramStages;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/** Makes pg_dump from PGlite's build of it. */
public final class ProgramPipeline {
    private static final int ARGUMENTS = 2;

    private final Command command;

    ProgramPipeline(PrintStream out, Map<String, String> environment) {
        command = new Command(out, environment);
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
        return command.run(
                () -> {
                    if (args.length != ARGUMENTS) {
                        throw new Options.UsageException("there have to be two arguments");
                    }
                    Path work = Path.of(args[0]);
                    command.runAll(
                            ProgramStages.of(work, command.defaultCache(), command.searchPath()),
                            work,
                            Path.of(args[1]));
                },
                "usage: ProgramPipeline WORK OUTPUT");
    }
}
