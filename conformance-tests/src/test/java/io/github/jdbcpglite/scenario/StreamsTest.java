package io.github.jdbcpglite.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.jdbc.PGliteSocketFactory;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;

/** COPY both ways and results that nobody reads, beside other sessions. */
class StreamsTest extends AbstractScenarioTest {
    /** The startup packet has none. */
    private static final char NO_TYPE = 0;

    private Session a;
    private Session b;

    @BeforeEach
    void openSessions() throws SQLException {
        a = session();
        b = session();
        a.run("create table t(i int, v text)");
    }

    @Test
    void copyInAndOutLeaveOthersAtWork() throws SQLException {
        PGConnection connection = a.connection().unwrap(PGConnection.class);
        CopyIn in = connection.getCopyAPI().copyIn("copy t from stdin");
        byte[] line = ("1\t" + "x".repeat(100) + "\n").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 5000; i++) {
            in.writeToCopy(line, 0, line.length);
            if (i % 500 == 0) {
                in.flushCopy();
                assertThat(b.value("select count(*) from t")).isEqualTo("0");
            }
        }
        assertThat(in.endCopy()).isEqualTo(5000);
        CopyOut out = connection.getCopyAPI().copyOut("copy t to stdout");
        int lines = 0;
        while (out.readFromCopy() != null) {
            lines++;
            if (lines % 500 == 0) {
                assertThat(b.value("select count(*) from t")).isEqualTo("5000");
            }
        }
        assertThat(lines).isEqualTo(5000);
    }

    @Test
    void aClientThatDoesNotReadStopsOnlyItself() throws Exception {
        Properties info = new Properties();
        String target = url().substring("jdbc:pglite:".length(), url().indexOf('?'));
        info.setProperty("pglite.target", target);
        info.setProperty("pglite.close", "last");
        System.gc();
        long before = used();
        try (Socket socket = new PGliteSocketFactory(info).createSocket()) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            send(out, NO_TYPE, "\0\3\0\0user\0postgres\0database\0postgres\0\0");
            send(
                    out,
                    'Q',
                    "select /* unread */ repeat('x', 1000) from generate_series(1, 2000000)\0");
            Session.awaitRow(
                    observer(),
                    "select 1 from pg_stat_activity where query like '%/* unread */%' and"
                            + " wait_event = 'ClientWrite' and pid <> pg_backend_pid()");
            for (int i = 0; i < 20; i++) {
                assertThat(b.value("select " + i)).isEqualTo(Integer.toString(i));
            }
            System.gc();
            assertThat(used() - before).as("bytes held").isLessThan(64L << 20);
        }
        Session.awaitRow(
                observer(),
                "select 1 where not exists (select from pg_stat_activity where query like"
                        + " '%/* unread */%' and pid <> pg_backend_pid())");
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void send(OutputStream out, char type, String body) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(message);
        if (type != NO_TYPE) {
            data.writeByte(type);
        }
        data.writeInt(bytes.length + 4);
        data.write(bytes);
        out.write(message.toByteArray());
        out.flush();
    }
}
