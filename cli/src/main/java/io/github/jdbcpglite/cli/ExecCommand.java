package io.github.jdbcpglite.cli;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs a program that finds the database in its environment. */
@Command(
        name = "exec",
        mixinStandardHelpOptions = true,
        description = {
            "Run a program with PGHOST, PGPORT, PGUSER, PGDATABASE and PGPASSWORD of a database.",
            "Write -- before a program with options: exec memory: -- pgbench -i"
        })
final class ExecCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "TARGET", description = "The database.")
    private String target = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "PROGRAM",
            description = "The program and its arguments.")
    private List<String> command = new ArrayList<>();

    @Override
    public Integer call() throws SQLException, IOException, InterruptedException {
        return ClientProgram.run(target, new Properties(), command);
    }
}
