package io.github.jdbcpglite.cli;

import io.github.jdbcpglite.cli.shell.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a cluster from a backup, or runs a dump. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Make a new directory from a backup, or fill a database from a dump in SQL."
        })
final class RestoreCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "DIRECTORY|TARGET",
            description = {
                "For a backup a directory that does not exist or is empty;",
                "for a dump the database to run it in."
            })
    private String target = "";

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description = "A backup (.tar, .tar.gz, .tgz or a directory), or a dump in SQL.")
    private Path file = Path.of("");

    @Override
    public Integer call() throws SQLException, IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file + " does not exist");
        }
        boolean backup =
                Files.isDirectory(file) || file.toString().matches(".*\\.(tar|tar\\.gz|tgz)");
        return Progress.during(
                spec.commandLine().getErr(),
                () -> "Restoring " + file,
                () -> backup ? restoreBackup() : runDump());
    }

    private int restoreBackup() throws SQLException, IOException {
        String path = target.replaceFirst("^(jdbc:pglite:)?(file:)?(//)?", "");
        Path directory = Path.of(path).toAbsolutePath();
        if (target.matches("(jdbc:pglite:)?(memory|temp):.*") || path.indexOf('?') >= 0) {
            throw new NotDirectoryException(
                    target + " is no directory, where alone a backup can be kept");
        }
        if (Files.exists(directory)) {
            try (Stream<Path> entries = Files.list(directory)) {
                if (entries.findAny().isPresent()) {
                    throw new FileAlreadyExistsException(
                            directory + " is not empty; restore to a new directory");
                }
            }
        }
        Properties info = new Properties();
        info.setProperty("pglite.load", file.toString());
        try (Connection connection =
                DriverManager.getConnection(Target.url("file:" + path.replace("%", "%25")), info)) {
            return connection.isValid(0) ? 0 : 1;
        }
    }

    private int runDump() throws SQLException {
        try (Shell shell =
                Shell.open(
                        Target.url(target),
                        spec.commandLine().getOut(),
                        spec.commandLine().getErr(),
                        InputStream.nullInputStream())) {
            shell.discardRows();
            return shell.runFile(file);
        }
    }
}
