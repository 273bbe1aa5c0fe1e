package io.github.jdbcpglite.jdbc.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jdbcpglite.jdbc.PGliteServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server would do that a cluster in a process does not; PostgreSQL itself says so. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RefusalsTest {
    private static final String MEMORY = "jdbc:pglite:memory:refusals-test";
    private static final String PASSWORD = "open sesame";

    private static PGliteServer server;

    @BeforeAll
    static void start() throws SQLException {
        Properties info = new Properties();
        info.setProperty("pglite.listenPassword", PASSWORD);
        server = PGliteServer.start(MEMORY + "?pglite.close=last", info);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String stateOf(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(MEMORY);
                Statement statement = connection.createStatement()) {
            SQLException refused =
                    catchThrowableOfType(SQLException.class, () -> statement.execute(sql));
            assertThat(connection.isValid(60)).isTrue();
            return refused == null ? "none" : refused.getSQLState();
        }
    }

    /** Physical replication and logical replication. */
    @ParameterizedTest
    @ValueSource(strings = {"true", "database"})
    void replicationInProcess(String kind) {
        Properties info = new Properties();
        info.setProperty("replication", kind);
        info.setProperty("assumeMinServerVersion", "9.4"); // or pgjdbc asks for none
        SQLException refused =
                catchThrowableOfType(
                        SQLException.class, () -> DriverManager.getConnection(MEMORY, info));
        assertThat(refused.getSQLState()).isEqualTo("53300");
        assertThat(refused.getMessage()).contains("max_wal_senders");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "database"})
    void replicationOverTcp(String kind) throws Exception {
        try (RawClient client = RawClient.connect(server.getPort())) {
            RawClient.Challenge challenge = client.challenge("postgres", "replication", kind);
            client.send(client.proof(challenge, PASSWORD));
            assertThat(new String(client.rest(), UTF_8)).contains("C53300", "max_wal_senders");
        }
    }

    @Test
    void programsOfTheHost() throws SQLException {
        assertThat(stateOf("COPY (SELECT 1) TO PROGRAM 'cat > /tmp/never'")).isEqualTo("42501");
        assertThat(stateOf("CREATE TABLE lines (line text)")).isEqualTo("none");
        assertThat(stateOf("COPY lines FROM PROGRAM 'id'")).isEqualTo("42501");
    }

    @Test
    void filesOfTheHost() throws SQLException {
        assertThat(stateOf("SELECT pg_read_file('/etc/passwd')")).isEqualTo("58P01");
        assertThat(stateOf("COPY (SELECT 1) TO '/etc/never'")).isEqualTo("58P01");
        assertThat(stateOf("SELECT pg_read_file('../../../../etc/passwd')")).isEqualTo("58P01");
    }

    /** They are the cluster's own: its sessions write and read them, and nobody else sees them. */
    @Test
    void filesOfTheServerAreTheClusters() throws SQLException {
        assertThat(stateOf("COPY (SELECT 'kept') TO '/tmp/refusals-test.txt'")).isEqualTo("none");
        try (Connection connection = DriverManager.getConnection(MEMORY);
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT pg_read_file('/tmp/refusals-test.txt')")) {
            rows.next();
            assertThat(rows.getString(1)).isEqualTo("kept\n");
        }
        assertThat(Path.of("/tmp/refusals-test.txt")).doesNotExist();
    }
}
