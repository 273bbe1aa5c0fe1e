package io.github.jdbcpglite.conformance.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.jdbc.PGliteServer;
import io.github.jdbcpglite.sql.Rows;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * CancelRequest as bytes over a socket, which is how clients other than pgjdbc send it. A request
 * comes over the listener over which its session came.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CancelRequestTest {
    private static final String CLUSTER = "jdbc:pglite:memory:cancel-request";
    private static final int CANCEL_REQUEST = 80877102;
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private PGliteServer server;
    private Connection observer;
    private RawSession sleeper;
    private int pid;
    private int key;
    private Path socketFile;

    @TempDir Path directory;

    @BeforeEach
    void startAStatementThatSleeps() throws Exception {
        socketFile = directory.resolve("socket");
        Properties info = new Properties();
        info.setProperty("pglite.listen", socketFile.toString());
        server = PGliteServer.start(CLUSTER + "?pglite.close=last", info);
        observer = DriverManager.getConnection(CLUSTER);
        sleeper = RawSession.connect(socketFile);
        sleeper.start("postgres");
        ByteBuffer keyData =
                sleeper.readTo('Z').stream()
                        .filter(message -> message.type() == 'K')
                        .map(message -> ByteBuffer.wrap(message.body()))
                        .findFirst()
                        .orElseThrow();
        pid = keyData.getInt();
        key = keyData.getInt();
        assertThat(keyData.hasRemaining()).as("a key of protocol 3.0 has four bytes").isFalse();
        sleeper.send('Q', RawSession.text("select pg_sleep(600)"));
        long start = System.nanoTime();
        while (!isAsleep()) {
            assertThat(System.nanoTime() - start).as("never slept").isLessThan(DEADLINE_NANOS);
        }
    }

    @AfterEach
    void close() throws Exception {
        sleeper.close();
        observer.close();
        server.close();
    }

    private boolean isAsleep() throws SQLException {
        String sql =
                "select count(*) from pg_stat_activity where wait_event = 'PgSleep' and pid = "
                        + pid;
        return Rows.one(observer, sql, ",").equals("1");
    }

    /** Sends a request and waits until the server has closed the connection, having acted on it. */
    private void cancel(int requestPid, int requestKey) throws IOException {
        try (RawSession request = RawSession.connect(socketFile)) {
            request.sendRaw(
                    ByteBuffer.allocate(16)
                            .putInt(16)
                            .putInt(CANCEL_REQUEST)
                            .putInt(requestPid)
                            .putInt(requestKey)
                            .array());
            assertThat(request.readTo('Z')).as("no answer, whatever was asked").isEmpty();
        }
    }

    @Test
    void theRightKeyCancelsTheStatementAndNotTheSession() throws Exception {
        cancel(pid, key);
        List<RawSession.Message> answer = sleeper.readTo('Z');
        assertThat(answer)
                .anySatisfy(
                        message -> {
                            assertThat(message.type()).isEqualTo('E');
                            assertThat(message.toString()).contains("|C57014|");
                        });

        sleeper.send('Q', RawSession.text("select 'goes on'"));
        assertThat(sleeper.readTo('Z').toString()).contains("goes on");
    }

    @Test
    void aWrongKeyOrProcessHasNoEffect() throws Exception {
        cancel(pid, key ^ 1);
        cancel(pid, 0);
        cancel(pid + 1000, key);
        assertThat(isAsleep()).isTrue();

        cancel(pid, key);
        assertThat(sleeper.readTo('Z').toString()).contains("|C57014|");
    }
}
