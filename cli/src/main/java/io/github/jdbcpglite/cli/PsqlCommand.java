package io.github.jdbcpglite.cli;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs psql. */
@Command(
        name = "psql",
        mixinStandardHelpOptions = true,
        description = "Run the psql that is installed here; write -- before its own options.")
final class PsqlCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "TARGET", description = "The database.")
    private String target = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "ARGUMENT", description = "Of psql.")
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws SQLException, IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("psql"));
        command.addAll(arguments);
        return ClientProgram.run(target, new Properties(), command);
    }
}
