package io.github.jdbcpglite.cli;

import io.github.jdbcpglite.cli.shell.RowFormat;
import io.github.jdbcpglite.cli.shell.Shell;
import io.github.jdbcpglite.cli.shell.TerminalShell;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jline.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs SQL and prints its rows, or is a shell at a terminal. */
@Command(
        name = "sql",
        mixinStandardHelpOptions = true,
        description = {
            "Run SQL in a database and print its rows; at a terminal, be a shell like psql.",
            "Without -c and -f it is read from standard input. It stops at the first error.",
            "Exit codes are psql's: 1 a command of -c failed or a file cannot be read, 2 there is",
            "no connection, 3 an error ended a script."
        })
final class SqlCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "TARGET", description = "The database.")
    private String target = "";

    @Option(
            names = {"-c", "--command"},
            paramLabel = "SQL",
            description = "Statements to run in one transaction, or \\command; may be repeated.")
    private List<String> commands = new ArrayList<>();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "A file of statements to run, after those of -c; may be repeated.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "aligned",
            description = "How rows are printed: ${COMPLETION-CANDIDATES}.")
    private RowFormat format = RowFormat.aligned;

    @Option(
            names = "--null",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "What stands for NULL; by default nothing. JSON has its own null.")
    private String nullText = "";

    @Override
    public Integer call() throws SQLException, IOException {
        ServerMessages.leaveToClients();
        if (commands.isEmpty() && files.isEmpty() && StandardStreams.mayBeTerminal()) {
            Optional<Terminal> terminal = TerminalShell.terminal();
            if (terminal.isPresent()) {
                try (Terminal open = terminal.get()) {
                    return TerminalShell.run(
                            Target.url(target), open, historyFile(), format, nullText);
                }
            }
        }
        return runScripts();
    }

    private int runScripts() throws SQLException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (Shell shell = Shell.open(Target.url(target), out, err, System.in)) {
            shell.format(format, nullText);
            for (String command : commands) {
                int status = shell.runCommand(command);
                if (status != Shell.OK) {
                    return status;
                }
            }
            for (Path file : files) {
                int status = shell.runFile(file);
                if (status != Shell.OK) {
                    return status;
                }
            }
            return commands.isEmpty() && files.isEmpty() ? shell.runScript(System.in) : Shell.OK;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private static Path historyFile() {
        String given = System.getenv("JDBC_PGLITE_HISTORY");
        return given == null || given.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".jdbc_pglite_history")
                : Path.of(given);
    }
}
