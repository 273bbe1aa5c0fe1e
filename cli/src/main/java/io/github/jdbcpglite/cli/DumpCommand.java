package io.github.jdbcpglite.cli;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Dumps a database with pg_dump. */
@Command(
        name = "dump",
        mixinStandardHelpOptions = true,
        description = {
            "Dump a database with pg_dump, of PostgreSQL 18 or later, which has to be installed.",
            "Write -- before further options of it."
        })
final class DumpCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "TARGET", description = "The database.")
    private String target = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "ARGUMENT",
            description = "Of pg_dump, such as --schema-only.")
    private List<String> arguments = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to; by default standard output.")
    private @Nullable String output;

    @Option(
            names = "--progress",
            description = "Tell on standard error which object is being dumped.")
    private boolean progress;

    @Option(
            names = "--pg-dump",
            paramLabel = "PROGRAM",
            defaultValue = "pg_dump",
            description = "The program, if it is not the pg_dump on the PATH.")
    private String program = "pg_dump";

    @Override
    public Integer call() throws SQLException, IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program));
        if (progress) {
            command.add("--verbose");
        }
        if (output != null) {
            command.add("--file=" + output);
        }
        command.addAll(arguments);
        return ClientProgram.run(target, command);
    }
}
