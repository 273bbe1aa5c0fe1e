package io.github.jdbcpglite.jdbc.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jdbcpglite.jdbc.ListHandler;
import io.github.jdbcpglite.jdbc.PGliteServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No password comes into a log, whatever is logged. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SecretsTest {
    private static final String SECRET = "s3cr3t-0f-th3-l1st3n3r";
    private static final String CLUSTER =
            "jdbc:pglite:memory:secrets?pglite.close=last&pglite.postgres.log_statement=all"
                    + "&pglite.postgres.log_min_duration_statement=0"
                    + "&pglite.postgres.log_min_messages=debug5"
                    + "&pglite.postgres.log_min_error_statement=debug5";

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final Handler handler = new ListHandler(records);
    private final Logger root = Logger.getLogger("");
    private final Level level = root.getLevel();
    private final Handler[] others = root.getHandlers();

    /** What is printed stays as little as it is. */
    @BeforeEach
    void logEverythingHereOnly() {
        for (Handler other : others) {
            root.removeHandler(other);
        }
        root.addHandler(handler);
        root.setLevel(Level.ALL);
    }

    @AfterEach
    void logAsBefore() {
        root.setLevel(level);
        root.removeHandler(handler);
        for (Handler other : others) {
            root.addHandler(other);
        }
    }

    private void assertNothingTells(String secret) {
        List<String> lines = records.stream().map(SecretsTest::text).toList();
        assertThat(lines).as("statements").anyMatch(line -> line.contains("SELECT 'shown'"));
        assertThat(lines).noneMatch(line -> line.contains(secret));
        assertThat(lines)
                .as("what a listener could be deceived with")
                .noneMatch(line -> line.contains("SCRAM-SHA-256$"));
    }

    private static String text(LogRecord logged) {
        return logged.getLoggerName()
                + " "
                + logged.getMessage()
                + Arrays.toString(logged.getParameters())
                + Objects.toString(logged.getThrown(), "");
    }

    private static void show(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT 'shown'");
        }
    }

    private static Connection connect(PGliteServer server, String user, String password)
            throws SQLException {
        return DriverManager.getConnection(
                server.getJdbcUrl("postgres").orElseThrow(), user, password);
    }

    @Test
    void thatOfAServer() throws SQLException {
        Properties info = new Properties();
        info.setProperty("pglite.listenPassword", SECRET);
        try (PGliteServer server = PGliteServer.start(CLUSTER, info);
                Connection connection = connect(server, "postgres", SECRET)) {
            show(connection);
            SQLException refused =
                    catchThrowableOfType(
                            SQLException.class, () -> connect(server, "nobody", SECRET));
            assertThat(refused.getSQLState()).isEqualTo("28P01");
        }
        assertNothingTells(SECRET);
    }

    @Test
    void thatOfAConnection() throws SQLException {
        Properties info = new Properties();
        info.setProperty("pglite.listen", "0");
        info.setProperty("password", SECRET);
        try (Connection connection = DriverManager.getConnection(CLUSTER, info)) {
            show(connection);
        }
        assertNothingTells(SECRET);
    }

    /** A URL is nothing to log; what the driver tells of it has no password in it. */
    @Test
    void thatOfAUrl() throws SQLException {
        for (String key : List.of("password", "pglite.listenPassword", "sslpassword")) {
            String url = "jdbc:pglite:memory:secrets?pglite.close=last&" + key + "=" + SECRET;
            if (!key.startsWith("ssl")) { // which is refused
                try (Connection connection = DriverManager.getConnection(url)) {
                    assertThat(connection.getMetaData().getURL()).doesNotContain(SECRET);
                }
            } else {
                SQLException refused =
                        catchThrowableOfType(
                                SQLException.class, () -> DriverManager.getConnection(url));
                assertThat(refused.getMessage()).doesNotContain(SECRET);
            }
        }
    }

    @Test
    void oneThatWasMadeUp() throws SQLException {
        String password;
        try (PGliteServer server = PGliteServer.start(CLUSTER)) {
            password = server.getPassword();
            assertThat(password).hasSize(24);
            try (Connection connection = connect(server, "postgres", password)) {
                show(connection);
            }
        }
        assertNothingTells(password);
    }

    /** A log would be the only way to tell it. */
    @Test
    void noneIsMadeUpForAUrl() {
        String url = "jdbc:pglite:memory:secrets?pglite.close=last&pglite.listen=0";
        SQLException refused =
                catchThrowableOfType(SQLException.class, () -> DriverManager.getConnection(url));
        assertThat(refused.getSQLState()).isEqualTo("22023");
        assertThat(refused.getMessage()).contains("pglite.listenPassword", "postgres");
    }
}
