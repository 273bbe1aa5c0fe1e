package io.github.jdbcpglite.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program. */
@Command(
        name = "jdbc-pglite",
        mixinStandardHelpOptions = true,
        version = "jdbc-pglite 0.1.0, PostgreSQL 18 by PGlite 0.5.16",
        description = "PostgreSQL in a JVM: serve a database, run SQL in it, dump it.",
        footer = {
            "",
            "A TARGET is what follows jdbc:pglite: in a URL, such as memory: or file:DIRECTORY,",
            "with parameters after a question mark if need be.",
            "Exit codes: 0 success, 1 failure, 2 wrong usage; exec, psql and dump answer what",
            "the program they run does."
        },
        subcommands = {
            ServeCommand.class,
            SqlCommand.class,
            ExecCommand.class,
            PsqlCommand.class,
            DumpCommand.class
        })
public final class Main implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    /** Makes the command, as picocli does. */
    public Main() {}

    /** Runs the program and ends the process with its exit code. */
    @SuppressForbidden(reason = "the exit code of the process is the answer of a command")
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** Runs the program with writers of the caller's; returns the exit code. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        return commandLine().setOut(out).setErr(err).execute(args);
    }

    private static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler(Main::tell);
    }

    /** Tells what the user can act on in a line, and everything else with its trace. */
    private static int tell(
            Exception e, CommandLine commandLine, CommandLine.ParseResult parseResult) {
        PrintWriter err = commandLine.getErr();
        if (e instanceof SQLException || e instanceof IOException) {
            err.println(e.getMessage());
        } else {
            e.printStackTrace(err);
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** Without a command there is nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }
}
