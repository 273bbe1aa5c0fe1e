package io.github.jdbcpglite.jdbc.dump;

import io.github.jdbcpglite.host.program.ClientProgram;
import io.github.jdbcpglite.jdbc.PGliteChannel;
import io.github.jdbcpglite.jdbc.PGliteProperty;
import io.github.jdbcpglite.postgres.ClientPrograms;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Runs pg_dump of PostgreSQL 18 in this JVM against a database of this JVM. Nothing has to be
 * installed. Thread-safe.
 */
public final class PGliteDump {
    private static final String PACKAGE = "io.github.jdbcpglite.program.bin.pg_dump";
    private static final String NAME = "pg_dump";
    private static final String SYSTEM_ERROR = "58000";

    private PGliteDump() {}

    /**
     * Writes a dump of a database as it is at one moment, as SQL unless options say otherwise.
     *
     * @param url a {@code jdbc:pglite:} URL
     * @param options of pg_dump, such as {@code --schema-only}; no file to write to, and none about
     *     the connection
     * @param output where the dump goes; flushed, not closed
     * @throws SQLException with SQLState 58P01 if the directory of the URL holds no cluster, 08001
     *     if the database cannot be opened, 58000 with pg_dump's own words if it fails
     * @throws IOException if the output cannot be flushed
     */
    public static void dump(String url, List<String> options, OutputStream output)
            throws SQLException, IOException {
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int status = run(url, new Properties(), options, output, errors);
        if (status != 0) {
            throw new SQLException(
                    NAME
                            + " ended with status "
                            + status
                            + ": "
                            + errors.toString(StandardCharsets.UTF_8).strip(),
                    SYSTEM_ERROR);
        }
    }

    /**
     * Runs pg_dump.
     *
     * @param url a {@code jdbc:pglite:} URL
     * @param info properties as for a connection
     * @param options of pg_dump, as {@link #dump} takes
     * @param output its standard output; flushed, not closed
     * @param errors its standard error; flushed, not closed
     * @return its exit status
     * @throws SQLException with SQLState 58P01 if the directory of the URL holds no cluster, 08001
     *     if the database cannot be opened, 58000 if pg_dump does not come to its own end
     * @throws IOException if an output cannot be flushed
     */
    public static int run(
            String url,
            Properties info,
            List<String> options,
            OutputStream output,
            OutputStream errors)
            throws SQLException, IOException {
        Properties reading = (Properties) info.clone();
        reading.setProperty(PGliteProperty.IF_EXISTS.getName(), "true");
        try (PGliteChannel channel = PGliteChannel.open(url, reading)) {
            List<String> arguments =
                    new ArrayList<>(
                            List.of(
                                    "--host=localhost",
                                    "--username=" + channel.getUser(),
                                    "--dbname=" + channel.getDatabase(),
                                    "--no-password"));
            arguments.addAll(options);
            int status =
                    run(
                            arguments,
                            new ClientProgram.Streams(
                                    channel.getInputStream(),
                                    channel.getOutputStream(),
                                    output,
                                    errors));
            output.flush();
            errors.flush();
            return status;
        }
    }

    private static int run(List<String> arguments, ClientProgram.Streams streams)
            throws SQLException, IOException {
        try {
            return Program.LOADED.run(NAME, arguments, streams);
        } catch (RuntimeException | StackOverflowError e) {
            // A trap, an abort or too small a stack of the caller's thread can be any of these.
            throw new SQLException(NAME + " did not run to its end: " + e, SYSTEM_ERROR, e);
        }
    }

    /** Loaded when it is first needed. */
    private static final class Program {
        static final ClientProgram LOADED =
                ClientPrograms.load(PGliteDump.class.getClassLoader(), PACKAGE);
    }
}
