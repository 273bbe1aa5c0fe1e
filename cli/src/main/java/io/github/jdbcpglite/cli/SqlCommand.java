package io.github.jdbcpglite.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs SQL and prints its rows. */
@Command(
        name = "sql",
        mixinStandardHelpOptions = true,
        description = {
            "Run SQL in a database and print its rows.",
            "Without -c and -f it is read from standard input. It stops at the first error."
        })
final class SqlCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "TARGET", description = "The database.")
    private String target = "";

    @Option(
            names = {"-c", "--command"},
            paramLabel = "SQL",
            description = "Statements to run; may be repeated.")
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
    private RowPrinter.Format format = RowPrinter.Format.aligned;

    @Override
    public Integer call() throws SQLException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (Connection connection = DriverManager.getConnection(Target.url(target));
                Statement statement = connection.createStatement()) {
            RowPrinter printer = new RowPrinter(out, format);
            for (String script : scripts()) {
                boolean rows = statement.execute(script);
                while (rows || statement.getUpdateCount() >= 0) {
                    if (rows) {
                        printer.print(statement.getResultSet());
                    }
                    rows = statement.getMoreResults();
                }
            }
        } finally {
            out.flush();
        }
        return 0;
    }

    private List<String> scripts() throws IOException {
        List<String> scripts = new ArrayList<>(commands);
        for (Path file : files) {
            scripts.add(Files.readString(file, StandardCharsets.UTF_8));
        }
        if (scripts.isEmpty()) {
            scripts.add(new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
        }
        return scripts;
    }
}
