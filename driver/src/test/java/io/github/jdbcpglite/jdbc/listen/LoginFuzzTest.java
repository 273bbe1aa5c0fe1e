package io.github.jdbcpglite.jdbc.listen;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.jdbc.PGliteServer;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What comes to a port before a login, from those who do not mean well: packets and SCRAM messages
 * cut, changed, repeated, in pieces and in a wrong order. Nobody gets in, everybody is answered or
 * hung up on, and who knows the password logs in as before. {@code listen.fuzz} sets how many try,
 * {@code listen.seed} in which way.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LoginFuzzTest {
    private static final String MEMORY = "jdbc:pglite:memory:login-fuzz";
    private static final String PASSWORD = "open sesame";
    private static final int CASES = Integer.getInteger("listen.fuzz", 500);

    /** Protocol 3.0, 3.2 and 2.0, cancel, SSL and GSS requests, and none. */
    private static final int[] CODES = {
        3 << 16, 3 << 16 | 2, 2 << 16, 80877102, 80877103, 80877104, 0, -1, Integer.MAX_VALUE
    };

    private static final List<String> USERS =
            List.of(
                    "postgres",
                    "nobody",
                    "",
                    "\ufffd",
                    "'; DROP ROLE postgres; --",
                    "x".repeat(70));
    private static final List<String> ATTRIBUTES = List.of(",x=y", ",", ",r=", ",p=", "\0");
    private static final byte[] AUTHENTICATION_OK = {'R', 0, 0, 0, 8, 0, 0, 0, 0};

    private final long seed = Long.getLong("listen.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void nobodyGetsInAndNobodyIsKeptOut() throws Exception {
        Properties info = new Properties();
        info.setProperty("pglite.listenPassword", PASSWORD);
        Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
        try (PGliteServer server = PGliteServer.start(MEMORY + "?pglite.close=last", info)) {
            for (int i = 0; i < CASES; i++) {
                byte[] answer = attempt(server.getPort(), i);
                assertThat(new String(answer, ISO_8859_1))
                        .as("seed %d, case %d", seed, i)
                        .doesNotContain(new String(AUTHENTICATION_OK, ISO_8859_1));
                if (i % 100 == 0) {
                    assertLogsIn(server);
                }
            }
            assertLogsIn(server);
            while (server.getClientCount() > 0) {
                Thread.onSpinWait();
            }
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        assertThat(uncaught).as("seed %d", seed).isEmpty();
    }

    private static void assertLogsIn(PGliteServer server) throws SQLException {
        try (Connection connection =
                DriverManager.getConnection(
                        server.getJdbcUrl("postgres").orElseThrow(), "postgres", PASSWORD)) {
            assertThat(connection.isValid(60)).isTrue();
        }
    }

    /** Returns what came after the last that was understood. */
    private byte[] attempt(int port, int number) throws Exception {
        try (RawClient client = RawClient.connect(port)) {
            switch (random.nextInt(5)) {
                case 0 -> send(client, bytes(random.nextInt(60)));
                case 1 -> {
                    for (int n = random.nextInt(5); n >= 0; n--) {
                        send(client, packet());
                    }
                }
                case 2 -> send(client, changed(RawClient.startup(user())));
                case 3 -> {
                    client.send(RawClient.startup(user()));
                    client.expect('R');
                    send(client, changed(RawClient.clientFirst()));
                }
                default -> {
                    RawClient.Challenge challenge = client.challenge(user());
                    byte[] proof = client.proof(challenge, PASSWORD + random.nextInt());
                    send(client, random.nextBoolean() ? proof : changed(proof));
                }
            }
            client.endOfInput();
            return client.rest();
        } catch (SocketTimeoutException e) {
            throw new AssertionError(
                    "seed " + seed + ", case " + number + ": neither answered nor hung up on", e);
        } catch (SocketException | EOFException e) {
            // It was hung up on while there was something to send or to read.
            return new byte[0];
        }
    }

    private String user() {
        return USERS.get(random.nextInt(USERS.size()));
    }

    private byte[] packet() {
        byte[] body = bytes(random.nextInt(3) * random.nextInt(30));
        int length = random.nextInt(5) == 0 ? random.nextInt() : 8 + body.length;
        return ByteBuffer.allocate(8 + body.length)
                .putInt(length)
                .putInt(CODES[random.nextInt(CODES.length)])
                .put(body)
                .array();
    }

    private byte[] changed(byte[] original) {
        byte[] bytes = original.clone();
        switch (random.nextInt(4)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(30));
            case 2 -> {
                for (int n = random.nextInt(4); n >= 0; n--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
            }
            default -> bytes = stuffed(bytes);
        }
        return bytes;
    }

    /** Puts the same attribute in over and over; the message's length is right. */
    private byte[] stuffed(byte[] original) {
        String attribute = ATTRIBUTES.get(random.nextInt(ATTRIBUTES.size()));
        byte[] many = attribute.repeat(1 + random.nextInt(2000)).getBytes(ISO_8859_1);
        int at = random.nextInt(original.length);
        byte[] bytes =
                ByteBuffer.allocate(original.length + many.length)
                        .put(original, 0, at)
                        .put(many)
                        .put(original, at, original.length - at)
                        .array();
        int start = original[0] == 'p' ? 1 : 0;
        ByteBuffer.wrap(bytes).putInt(start, bytes.length - start);
        return bytes;
    }

    /** Sends in one piece or in several. */
    private void send(RawClient client, byte[] bytes) throws IOException {
        int at = 0;
        while (at < bytes.length) {
            int count = random.nextBoolean() ? bytes.length - at : 1 + random.nextInt(20);
            int end = Math.min(bytes.length, at + count);
            client.send(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
