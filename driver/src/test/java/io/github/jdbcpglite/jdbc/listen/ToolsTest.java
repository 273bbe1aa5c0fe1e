package io.github.jdbcpglite.jdbc.listen;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jdbcpglite.jdbc.PGliteServer;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PostgreSQL's own psql and pgbench against a cluster of this JVM. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ToolsTest {
    private static final String MEMORY = "jdbc:pglite:memory:tools-test";

    private static PGliteServer server;

    @TempDir Path directory;

    @BeforeAll
    static void start() throws SQLException {
        server = PGliteServer.start(MEMORY + "?pglite.close=last");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private record Run(int status, String output) {}

    /** Runs a tool with libpq's environment pointing at an address. */
    private Run run(Map<String, String> environment, String... command) throws Exception {
        return run(environment, UTF_8, command);
    }

    private Run run(Map<String, String> environment, Charset charset, String... command)
            throws Exception {
        assumeTrue(
                isInstalled(command[0]),
                command[0]
                        + " is not installed: Debian has psql in postgresql-client and"
                        + " pgbench in postgresql");
        Path output = Files.createTempFile(directory, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Run(process.exitValue(), Files.readString(output, charset));
    }

    private static boolean isInstalled(String tool) {
        for (String folder : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, tool))) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, String> tcp(String password) {
        return Map.of(
                "PGHOST", "127.0.0.1",
                "PGPORT", Integer.toString(server.getPort()),
                "PGUSER", "postgres",
                "PGDATABASE", "postgres",
                "PGPASSWORD", password,
                "PGREQUIREAUTH", "scram-sha-256");
    }

    private static String password() {
        String password = server.getPassword();
        return password == null ? "" : password;
    }

    @Test
    void psqlRunsSqlAndMetaCommands() throws Exception {
        Run run =
                run(
                        tcp(password()),
                        "psql",
                        "-X",
                        "-v",
                        "ON_ERROR_STOP=1",
                        "-c",
                        "CREATE TABLE from_psql (id int PRIMARY KEY, name text)",
                        "-c",
                        "\\copy from_psql FROM PROGRAM 'printf \"1\\tone\\n2\\ttwo\\n\"'",
                        "-c",
                        "\\d from_psql",
                        "-Atc",
                        "SELECT count(*) || ' rows' FROM from_psql");
        assertThat(run.output()).contains("COPY 2", "id|integer||not null|", "2 rows");
        assertThat(run.status()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LATIN1", "WIN1252"})
    void psqlWritesAndReadsInTheEncodingOfItsClient(String encoding) throws Exception {
        Charset charset = encoding.equals("LATIN1") ? ISO_8859_1 : Charset.forName("windows-1252");
        Map<String, String> environment = new HashMap<>(tcp(password()));
        environment.put("PGCLIENTENCODING", encoding);
        Path script = directory.resolve("script.sql");
        Files.writeString(
                script,
                """
                SELECT 'Grüße: ' || convert_to('é', 'UTF8')::text;
                SELECT U&'\\03A9';
                """,
                charset);

        Run run = run(environment, charset, "psql", "-XAtf", script.toString());

        assertThat(run.output())
                .contains("Grüße: \\xc3a9")
                .contains(
                        "character with byte sequence 0xce 0xa9 in encoding \"UTF8\" has no"
                                + " equivalent in encoding \""
                                + encoding
                                + "\"");
    }

    @Test
    void psqlIsRefusedWithWrongPassword() throws Exception {
        Run run = run(tcp("wrong"), "psql", "-X", "-c", "SELECT 1");
        assertThat(run.output()).contains("password authentication failed for user \"postgres\"");
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void pgbenchKeepsItsInvariants() throws Exception {
        List<String> initialise = List.of("pgbench", "-i", "-q", "-s", "1");
        assertThat(run(tcp(password()), initialise.toArray(new String[0])).status()).isZero();

        Run bench = run(tcp(password()), "pgbench", "-n", "-c", "4", "-t", "25");
        assertThat(bench.output()).contains("number of transactions actually processed: 100/100");
        Run sums =
                run(
                        tcp(password()),
                        "psql",
                        "-XAtc",
                        "SELECT (SELECT sum(abalance) FROM pgbench_accounts)"
                                + " = (SELECT sum(delta) FROM pgbench_history),"
                                + " (SELECT count(*) FROM pgbench_history)");
        assertThat(sums.output().strip()).isEqualTo("t|100");
    }

    @Test
    void psqlUsesUnixSocketThatOnlyItsOwnerMayOpen() throws Exception {
        Properties info = new Properties();
        info.setProperty("pglite.listen", directory + "/");
        Path file = directory.resolve(".s.PGSQL.5432");
        try (PGliteServer unix = PGliteServer.start(MEMORY, info)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            Run run =
                    run(
                            Map.of("PGHOST", directory.toString(), "PGUSER", "postgres"),
                            "psql",
                            "-XAtc",
                            "SELECT current_user");
            assertThat(run.output().strip()).isEqualTo("postgres");
            assertThat(unix.getJdbcUrl("postgres")).isEmpty();
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void replacesSocketFileThatNobodyListensOn() throws IOException, SQLException {
        Path file = directory.resolve("stale.sock");
        try (var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.bind(UnixDomainSocketAddress.of(file));
        }
        assertThat(file).exists();
        Properties info = new Properties();
        info.setProperty("pglite.listen", file.toString());
        try (PGliteServer unix = PGliteServer.start(MEMORY, info)) {
            assertThat(unix.getPort()).isZero();
        }
        assertThat(file).doesNotExist();
    }
}
