package io.github.jdbcpglite.jdbc.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jdbcpglite.jdbc.PGliteServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What those who know no password can do to those who do, and learn from a listener. {@code
 * listen.strangers} sets how many there are.
 */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StrangersTest {
    private static final String MEMORY = "jdbc:pglite:memory:strangers-test";
    private static final String PASSWORD = "open sesame";
    private static final int PLACES = 12;
    private static final int STRANGERS = Integer.getInteger("listen.strangers", 200);

    private PGliteServer server;
    private Connection inside;

    @BeforeEach
    void start() throws SQLException {
        Properties info = new Properties();
        info.setProperty("pglite.listenPassword", PASSWORD);
        server =
                PGliteServer.start(
                        MEMORY + "?pglite.close=last&pglite.maxBackends=" + PLACES, info);
        inside = DriverManager.getConnection(MEMORY);
    }

    @AfterEach
    void stop() throws SQLException {
        inside.close();
        server.close();
    }

    private Connection overTcp() throws SQLException {
        return DriverManager.getConnection(
                server.getJdbcUrl("postgres").orElseThrow(), "postgres", PASSWORD);
    }

    private static String one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** How far a stranger goes. */
    private enum Step {
        NOTHING,
        HALF_A_PACKET,
        STARTUP,
        SCRAM,
        CANCEL;

        void take(RawClient client) throws IOException {
            byte[] startup = RawClient.startup("postgres");
            switch (this) {
                case NOTHING -> {
                    // It only connects.
                }
                case HALF_A_PACKET -> client.send(Arrays.copyOf(startup, startup.length / 2));
                case STARTUP -> client.send(startup);
                case SCRAM -> {
                    client.send(startup);
                    client.send(RawClient.clientFirst());
                }
                case CANCEL -> client.send(RawClient.cancelRequest(1, new byte[4]));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void keepNobodyOut(Step step) throws Exception {
        List<RawClient> strangers = new ArrayList<>();
        try (Connection before = overTcp()) {
            for (int i = 0; i < STRANGERS; i++) {
                RawClient stranger = RawClient.connect(server.getPort());
                strangers.add(stranger);
                step.take(stranger);
                if (i % 20 == 0) {
                    try (Connection another = DriverManager.getConnection(MEMORY)) {
                        assertThat(one(another, "SELECT 1")).isEqualTo("1");
                    }
                    assertThat(one(before, "SELECT 1")).isEqualTo("1");
                }
            }
            for (int i = 0; i < 3; i++) {
                try (Connection after = overTcp()) {
                    assertThat(one(after, "SELECT 1")).isEqualTo("1");
                }
            }
            assertThat(
                            one(
                                    inside,
                                    "SELECT count(*) FROM pg_stat_activity WHERE backend_type ="
                                            + " 'client backend'"))
                    .as("inside, over TCP, and at most one who asks for passwords")
                    .isIn("2", "3");
            assertThat(server.getClientCount()).isLessThan(200);
        } finally {
            for (RawClient stranger : strangers) {
                stranger.close();
            }
        }
    }

    @Test
    void spendNoBackendOnACancelRequestWithoutTheKey() throws Exception {
        try (RawClient victim = RawClient.connect(server.getPort())) {
            ByteBuffer data = victim.login("postgres", PASSWORD);
            int pid = data.getInt();
            byte[] key = new byte[data.remaining()];
            data.get(key);
            victim.send(RawClient.message('Q', "SELECT pg_sleep(600)\0".getBytes(UTF_8)));
            String sleepers = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'";
            while (!one(inside, sleepers).equals("1")) {
                Thread.onSpinWait();
            }
            int first = backendNumber();
            for (int i = 0; i < 100; i++) {
                byte[] wrong = key.clone();
                wrong[i % key.length] ^= (byte) (1 + i);
                assertThat(cancel(pid, wrong)).as("never an answer").isEmpty();
                assertThat(cancel(pid, new byte[0])).isEmpty();
                assertThat(cancel(pid + 1, key)).isEmpty();
            }
            assertThat(backendNumber()).isEqualTo(first + 1);
            assertThat(one(inside, sleepers)).isEqualTo("1");

            assertThat(cancel(pid, key)).isEmpty();
            RawClient.Message answer = victim.read();
            while (answer.type() != 'E') {
                answer = victim.read();
            }
            assertThat(answer.text()).contains("C57014");
        }
    }

    private byte[] cancel(int pid, byte[] key) throws IOException {
        try (RawClient client = RawClient.connect(server.getPort())) {
            client.send(RawClient.cancelRequest(pid, key));
            return client.rest();
        }
    }

    /** Returns the process number of a new session; numbers are given in sequence. */
    private static int backendNumber() throws SQLException {
        try (Connection connection = DriverManager.getConnection(MEMORY)) {
            return Integer.parseInt(one(connection, "SELECT pg_backend_pid()"));
        }
    }

    @Test
    void cannotTellRolesByTheirChallenge() throws Exception {
        try (Statement statement = inside.createStatement()) {
            statement.execute("CREATE ROLE without_password LOGIN");
            statement.execute(
                    "CREATE ROLE expired LOGIN PASSWORD 'p' VALID UNTIL '2001-01-01 00:00:00'");
        }
        for (String user : List.of("postgres", "nobody", "without_password", "expired", "")) {
            RawClient.Challenge first = challenge(user);
            RawClient.Challenge second = challenge(user);
            assertThat(second.salt()).as("again for %s", user).isEqualTo(first.salt());
            assertThat(first.salt()).hasSize(24);
            assertThat(first.iterations()).isEqualTo(4096);
        }
        assertThat(challenge("nobody").salt()).isNotEqualTo(challenge("someone").salt());
    }

    private RawClient.Challenge challenge(String user) throws IOException {
        try (RawClient client = RawClient.connect(server.getPort())) {
            return client.challenge(user);
        }
    }

    @Test
    void meetWhatHasJustBeenChanged() throws SQLException {
        try (Statement statement = inside.createStatement()) {
            statement.execute("CREATE ROLE changing LOGIN PASSWORD 'one'");
            assertThat(loginState("changing", "one")).isEqualTo("in");
            statement.execute("ALTER ROLE changing PASSWORD 'two'");
            assertThat(loginState("changing", "one")).isEqualTo("28P01");
            assertThat(loginState("changing", "two")).isEqualTo("in");
            statement.execute("ALTER ROLE changing VALID UNTIL '2001-01-01'");
            assertThat(loginState("changing", "two")).isEqualTo("28P01");
            statement.execute("ALTER ROLE changing VALID UNTIL 'infinity' NOLOGIN");
            assertThat(loginState("changing", "two")).as("PostgreSQL's").isEqualTo("28000");
            statement.execute("DROP ROLE changing");
            assertThat(loginState("changing", "two")).isEqualTo("28P01");
        }
    }

    private String loginState(String user, String password) throws SQLException {
        try {
            DriverManager.getConnection(server.getJdbcUrl("postgres").orElseThrow(), user, password)
                    .close();
            return "in";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    @Test
    void areToldWhenPostgresqlHasNoPlaceToLookPasswordsUp() throws SQLException {
        List<Connection> all = new ArrayList<>();
        try {
            while (all.size() < PLACES - 1) {
                all.add(DriverManager.getConnection(MEMORY));
            }
            SQLException full = catchThrowableOfType(SQLException.class, this::overTcp);
            assertThat(full.getSQLState()).isEqualTo("53300");
        } finally {
            for (Connection connection : all) {
                connection.close();
            }
        }
        // PostgreSQL is asked again after a moment only.
        while (!loginState("postgres", PASSWORD).equals("in")) {
            Thread.onSpinWait();
        }
    }

    /** As in PostgreSQL, whoever locks pg_authid keeps everybody from logging in. */
    @Test
    void doNotHoldUpTheEndOfTheListener() throws Exception {
        inside.setAutoCommit(false);
        try (Statement statement = inside.createStatement();
                RawClient waiting = RawClient.connect(server.getPort())) {
            statement.execute("LOCK TABLE pg_authid IN ACCESS EXCLUSIVE MODE");
            waiting.send(RawClient.startup("postgres"));
            waiting.send(RawClient.clientFirst());
            while (one(inside, "SELECT count(*) FROM pg_locks WHERE NOT granted").equals("0")) {
                Thread.onSpinWait();
            }
            server.close();
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("jdbc-pglite-listen-"));
        } finally {
            inside.rollback();
        }
    }
}
