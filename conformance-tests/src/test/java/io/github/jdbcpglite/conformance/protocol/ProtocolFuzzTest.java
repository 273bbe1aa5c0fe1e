package io.github.jdbcpglite.conformance.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Messages that no client would send: cut, too long, with lengths that lie, of random bytes. The
 * session answers or ends; a session beside it notices nothing, and no backend stays behind.
 */
final class ProtocolFuzzTest {
    private static final String URL = "jdbc:pglite:memory:fuzz?pglite.close=last";
    private static final String TYPES = "QPBDECSHFXdcfp!\0";
    private static final int CASES = Integer.getInteger("conformance.fuzz", 2000);

    @Test
    @Timeout(value = 600, unit = TimeUnit.SECONDS)
    void nobodyElseNotices() throws Exception {
        long seed = Long.getLong("conformance.seed", System.nanoTime());
        Random random = new Random(seed);
        try (Connection witness = DriverManager.getConnection(URL);
                Statement statement = witness.createStatement()) {
            statement.execute("CREATE TABLE t AS SELECT 1 AS a");
            int sessions = 0;
            for (int done = 0; done < CASES; sessions++) {
                done += session(random, seed);
                if (sessions % 20 == 0) {
                    assertThat(one(statement, "SELECT count(*) FROM t"))
                            .as("seed %d", seed)
                            .isEqualTo(1);
                }
            }
            String others =
                    "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
                            + " AND pid <> pg_backend_pid()";
            while (one(statement, others) > 0) {
                statement.execute("SELECT pg_sleep(0.01)");
            }
            assertThat(
                            one(
                                    statement,
                                    "SELECT count(*) FROM pg_locks WHERE pid <> pg_backend_pid()"))
                    .as("seed %d", seed)
                    .isZero();
        }
    }

    private static long one(Statement statement, String sql) throws Exception {
        try (ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    /** Sends up to twenty cases in one session and returns how many; the last ends it. */
    private static int session(Random random, long seed) throws Exception {
        int cases = 1 + random.nextInt(20);
        try (RawSession session = RawSession.connect("jdbc:pglite:memory:fuzz")) {
            if (random.nextInt(4) == 0) {
                session.sendRaw(bytes(random, random.nextInt(40)));
            } else {
                session.start("postgres");
                assertThat(session.readTo('Z')).as("seed %d", seed).isNotEmpty();
                for (int i = 0; i < cases; i++) {
                    session.sendRaw(message(random));
                }
            }
            session.endOfInput();
            List<RawSession.Message> rest = session.readTo('\0');
            assertThat(rest).as("seed %d", seed).isNotNull();
        } catch (IOException e) {
            // The session ended while there was still something to send to it.
            assertThat(e).as("seed %d", seed).hasMessageMatching(".*(Broken pipe|closed|reset).*");
        }
        return cases;
    }

    private static byte[] message(Random random) {
        byte[] body =
                random.nextBoolean()
                        ? bytes(random, random.nextInt(60))
                        : RawSession.text(random.nextBoolean() ? "SELECT 1" : "", "x");
        int length = body.length + 4;
        switch (random.nextInt(8)) {
            case 0 -> length = random.nextInt();
            case 1 -> length = random.nextInt(8);
            case 2 -> length += random.nextInt(5);
            default -> {
                // The length is right.
            }
        }
        byte[] message = new byte[body.length + 5];
        message[0] = (byte) TYPES.charAt(random.nextInt(TYPES.length()));
        for (int i = 0; i < 4; i++) {
            message[1 + i] = (byte) (length >>> (24 - 8 * i));
        }
        System.arraycopy(body, 0, message, 5, body.length);
        return message;
    }

    private static byte[] bytes(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
