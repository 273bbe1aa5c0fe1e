package io.github.jdbcpglite.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program. */
@Command(
        name = "jdbc-pglite",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        description = "PostgreSQL in a JVM: serve a database, run SQL in it, copy and dump it.",
        footer = {
            "",
            "A TARGET is what follows jdbc:pglite: in a URL, such as memory: or file:DIRECTORY,",
            "with parameters after a question mark if need be.",
            "Exit codes: 0 success, 1 failure, 2 wrong usage; exec, psql and dump answer what",
            "the program they run does, and sql what psql would."
        },
        subcommands = {
            ServeCommand.class,
            SqlCommand.class,
            ExecCommand.class,
            PsqlCommand.class,
            DumpCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            ImportCommand.class,
            AutoComplete.GenerateCompletion.class
        })
public final class Main implements Runnable {
    /** How java.util.logging writes: messages for people, without date, class and method. */
    private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

    /** The console of JDK 22 and later, unlike this module's, is there without a terminal too. */
    private static final String CONSOLE_MODULE = "jdk.console";

    @Spec private CommandSpec spec = CommandSpec.create();

    /** Makes the command, as picocli does. */
    public Main() {}

    /** Runs the program and ends the process with its exit code. */
    @SuppressForbidden(reason = "the exit code of the process is the answer of a command")
    public static void main(String[] args) {
        setUnlessSet(LOG_FORMAT, "%5$s%6$s%n");
        setUnlessSet(CONSOLE_MODULE, "java.base");
        System.exit(commandLine().execute(args));
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
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
