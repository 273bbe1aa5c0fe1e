package io.github.jdbcpglite.jdbc.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jdbcpglite.jdbc.PGliteServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The TCP port as a driver and as a stranger see it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ServerTest {
    private static final String MEMORY = "jdbc:pglite:memory:server-test";
    private static final String PASSWORD = "it's \\ a secret";

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

    private static Connection connect(String user, String password) throws SQLException {
        return DriverManager.getConnection(
                server.getJdbcUrl("postgres").orElseThrow() + "?sslmode=prefer", user, password);
    }

    @Test
    void servesPgjdbcWithPassword() throws SQLException {
        try (Connection tcp = connect("postgres", PASSWORD);
                Connection memory = DriverManager.getConnection(MEMORY);
                Statement there = tcp.createStatement();
                Statement here = memory.createStatement()) {
            there.execute("CREATE TABLE shared AS SELECT generate_series(1, 20000) AS n");
            try (ResultSet rows = here.executeQuery("SELECT sum(n) FROM shared")) {
                rows.next();
                assertThat(rows.getLong(1)).isEqualTo(200010000);
            }
            try (ResultSet rows = there.executeQuery("SELECT repeat('x', 3000000)")) {
                rows.next();
                assertThat(rows.getString(1)).hasSize(3000000);
            }
        }
    }

    @Test
    void refusesWrongPasswordAndUnknownRoleAlike() {
        SQLException wrong =
                catchThrowableOfType(SQLException.class, () -> connect("postgres", "guess"));
        SQLException unknown =
                catchThrowableOfType(SQLException.class, () -> connect("nobody", PASSWORD));

        assertThat(wrong.getSQLState()).isEqualTo("28P01");
        assertThat(unknown.getSQLState()).isEqualTo("28P01");
    }

    @Test
    void refusesPasswordThatHasExpired() throws SQLException {
        try (Connection memory = DriverManager.getConnection(MEMORY);
                Statement statement = memory.createStatement()) {
            statement.execute("CREATE ROLE past LOGIN PASSWORD 'p' VALID UNTIL '2001-01-01'");
            statement.execute("CREATE ROLE present LOGIN PASSWORD 'p'");
        }
        SQLException expired = catchThrowableOfType(SQLException.class, () -> connect("past", "p"));
        assertThat(expired.getSQLState()).isEqualTo("28P01");
        try (Connection present = connect("present", "p")) {
            assertThat(present.getMetaData().getUserName()).isEqualTo("present");
        }
    }

    @Test
    void cancelsOverSecondConnection() throws SQLException {
        try (Connection tcp = connect("postgres", PASSWORD);
                Statement statement = tcp.createStatement()) {
            statement.setQueryTimeout(1);
            SQLException cancelled =
                    catchThrowableOfType(
                            SQLException.class, () -> statement.execute("SELECT pg_sleep(60)"));
            assertThat(cancelled.getSQLState()).isEqualTo("57014");
        }
    }

    @Test
    void answersNToSslAndGss() throws IOException {
        try (Socket socket = open()) {
            socket.getOutputStream().write(packet(80877103));
            assertThat(socket.getInputStream().read()).isEqualTo('N');
            socket.getOutputStream().write(packet(80877104));
            assertThat(socket.getInputStream().read()).isEqualTo('N');
            socket.getOutputStream().write(packet(80877103));
            assertThat(socket.getInputStream().read()).isEqualTo('N');
            assertThat(rest(socket)).contains("08P01");
        }
    }

    @Test
    void refusesOtherProtocolVersions() throws IOException {
        try (Socket socket = open()) {
            socket.getOutputStream().write(packet(2 << 16));
            assertThat(rest(socket)).contains("0A000", "unsupported frontend protocol 2.0");
        }
    }

    @Test
    void endsConnectionsThatSendGarbage() throws IOException, SQLException {
        long seed = new Random(System.nanoTime()).nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 30; i++) {
            byte[] garbage = new byte[8 + random.nextInt(200)];
            random.nextBytes(garbage);
            if (i % 2 == 0) {
                // A length that is believed, so that the rest is looked at.
                ByteBuffer.wrap(garbage).putInt(garbage.length).putInt(3 << 16);
            }
            try (Socket socket = open()) {
                socket.getOutputStream().write(garbage);
                socket.shutdownOutput();
                drain(socket);
            } catch (SocketException e) {
                // A reset is an end too: bytes were left that nobody read.
                assertThat(e).as("seed %d", seed).isNotInstanceOf(ConnectException.class);
            }
        }
        try (Connection tcp = connect("postgres", PASSWORD)) {
            assertThat(tcp.isValid(10)).as("seed %d", seed).isTrue();
        }
    }

    @Test
    void refusesPacketsOfAbsurdLength() throws IOException {
        for (int length : new int[] {0, 3, 7, 10_009, Integer.MAX_VALUE, -1}) {
            try (Socket socket = open()) {
                byte[] header = ByteBuffer.allocate(4).putInt(length).array();
                socket.getOutputStream().write(header);
                assertThat(rest(socket)).as("length %d", length).contains("08P01");
            }
        }
    }

    @Test
    void listensAsLongAsTheClusterThatTheUrlOpens() throws SQLException, IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String url = "jdbc:pglite:memory:listening?pglite.close=last&pglite.listen=" + port;
        String tcp = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        try (Connection memory = DriverManager.getConnection(url, "postgres", "secret")) {
            assertThat(memory.isValid(10)).isTrue();
            try (Connection connection = DriverManager.getConnection(tcp, "postgres", "secret")) {
                assertThat(connection.isValid(10)).isTrue();
            }
        }
        SQLException closed =
                catchThrowableOfType(
                        SQLException.class,
                        () -> DriverManager.getConnection(tcp, "postgres", "secret"));
        assertThat(closed.getSQLState()).isEqualTo("08001");
    }

    @Test
    void namesAddressThatIsInUse() {
        SQLException inUse =
                catchThrowableOfType(
                        SQLException.class,
                        () ->
                                DriverManager.getConnection(
                                        "jdbc:pglite:memory:in-use?pglite.listen="
                                                + server.getPort(),
                                        "postgres",
                                        "secret"));
        assertThat(inUse.getMessage()).contains("cannot listen on " + server.getPort());
    }

    @Test
    void makesUpPasswordAndEndsItsClients() throws SQLException {
        Connection client;
        try (PGliteServer other =
                PGliteServer.start("jdbc:pglite:memory:made-up?pglite.close=last")) {
            client =
                    DriverManager.getConnection(
                            other.getJdbcUrl("postgres").orElseThrow(),
                            "postgres",
                            other.getPassword());
            assertThat(client.isValid(10)).isTrue();
        }
        assertThat(client.isValid(10)).isFalse();
        client.close();
    }

    @Test
    void countsItsClients() throws SQLException {
        try (PGliteServer other = PGliteServer.start(MEMORY)) {
            assertThat(other.getClientCount()).isZero();
        }
    }

    private static Socket open() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static byte[] packet(int code) {
        return ByteBuffer.allocate(8).putInt(8).putInt(code).array();
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }

    private static void drain(Socket socket) throws IOException {
        InputStream input = socket.getInputStream();
        byte[] buffer = new byte[1000];
        while (input.read(buffer) >= 0) {
            Arrays.fill(buffer, (byte) 0);
        }
    }
}
