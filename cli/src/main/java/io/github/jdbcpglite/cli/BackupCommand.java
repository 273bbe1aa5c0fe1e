package io.github.jdbcpglite.cli;

import io.github.jdbcpglite.jdbc.PGlite;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Copies a cluster. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = {
            "Copy a whole cluster, with all its databases, roles and settings.",
            "What exists is not replaced."
        })
final class BackupCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "TARGET", description = "The database.")
    private String target = "";

    @Parameters(
            index = "1",
            paramLabel = "ARCHIVE",
            description = "A new file named .tar, .tar.gz or .tgz, or a new directory.")
    private Path archive = Path.of("");

    @Override
    public Integer call() throws SQLException, IOException {
        if (Files.exists(archive) && !Files.isDirectory(archive)) {
            throw new FileAlreadyExistsException(archive + " exists; give the backup a new name");
        }
        return Progress.during(
                spec.commandLine().getErr(),
                () -> "Copying to " + archive,
                () -> {
                    PGlite.backup(Target.url(target), Target.reading(), archive);
                    return 0;
                });
    }
}
