package io.github.jdbcpglite.cli;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Copies a CSV file into a table. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Copy a CSV file in UTF-8 into a table by PostgreSQL's COPY, all rows or none.",
            "Its first line names the columns unless --columns does."
        })
final class ImportCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "TARGET", description = "The database.")
    private String target = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "The file; - for standard input.")
    private String file = "";

    @Option(
            names = {"-t", "--table"},
            paramLabel = "TABLE",
            required = true,
            description = "The table, as in SQL.")
    private String table = "";

    @Option(
            names = "--create",
            description = "Create the table, with columns of type text named by the first line.")
    private boolean create;

    @Option(
            names = "--columns",
            paramLabel = "NAMES",
            description = "The columns, separated by commas as in SQL; the file has no header.")
    private @Nullable String columns;

    @Option(
            names = "--delimiter",
            paramLabel = "CHARACTER",
            defaultValue = ",",
            description = "What stands between fields; \\t for a tab.")
    private String delimiter = ",";

    @Option(
            names = "--null",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "What stands for NULL; by default an empty field without quotes.")
    private String nullText = "";

    @Override
    public Integer call() throws SQLException, IOException {
        if (create && columns != null) {
            throw new ParameterException(
                    spec.commandLine(), "--create takes the columns from the file's first line");
        }
        String separator = delimiter.equals("\\t") ? "\t" : delimiter;
        if (separator.length() != 1) {
            throw new ParameterException(spec.commandLine(), "--delimiter is one character");
        }
        AtomicLong read = new AtomicLong();
        char character = separator.charAt(0);
        return Progress.during(
                spec.commandLine().getErr(),
                () -> "Read " + Progress.size(read.get()),
                () -> copy(character, read));
    }

    private int copy(char separator, AtomicLong read) throws SQLException, IOException {
        try (InputStream raw = file.equals("-") ? System.in : Files.newInputStream(Path.of(file));
                InputStream data = new BufferedInputStream(counted(raw, read));
                Connection connection = DriverManager.getConnection(Target.url(target))) {
            connection.setAutoCommit(false);
            long rows = copy(connection, data, separator);
            connection.commit();
            spec.commandLine().getOut().println("COPY " + rows);
        }
        return 0;
    }

    private long copy(Connection connection, InputStream data, char separator)
            throws SQLException, IOException {
        String names = columns;
        if (names == null) {
            List<String> header = CsvHeader.read(data, separator);
            List<String> quoted = new ArrayList<>();
            for (String name : header) {
                quoted.add('"' + name.replace("\"", "\"\"") + '"');
            }
            names = String.join(", ", quoted);
            if (create) {
                try (Statement statement = connection.createStatement()) {
                    statement.setEscapeProcessing(false);
                    statement.execute(
                            "CREATE TABLE "
                                    + table
                                    + " ("
                                    + String.join(" text, ", quoted)
                                    + " text)");
                }
            }
        }
        String sql =
                "COPY "
                        + table
                        + " ("
                        + names
                        + ") FROM STDIN (FORMAT csv, ENCODING 'UTF8', DELIMITER "
                        + literal(String.valueOf(separator))
                        + ", NULL "
                        + literal(nullText)
                        + ")";
        return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, data);
    }

    private static String literal(String text) {
        return "E'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private static InputStream counted(InputStream input, AtomicLong count) {
        return new FilterInputStream(input) {
            @Override
            public int read() throws IOException {
                int value = super.read();
                count.addAndGet(value < 0 ? 0 : 1);
                return value;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int some = super.read(bytes, offset, length);
                count.addAndGet(Math.max(0, some));
                return some;
            }
        };
    }
}
