package io.github.jdbcpglite.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.jdbc.PGliteServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many connects at once, all of them started before the first has ended. Each succeeds or is
 * refused as PostgreSQL refuses it, and afterwards everything is as before. {@code
 * sessions.parallel} sets how many there are.
 */
@Timeout(value = 900, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ParallelConnectsTest extends AbstractScenarioTest {
    private static final int LIMIT = 20;
    private static final int CONNECTS = Integer.getInteger("sessions.parallel", 200);
    private static final long JOIN_MILLIS = TimeUnit.MINUTES.toMillis(10);
    private static final long STACK_BYTES = 512 << 10;
    private static final String PASSWORD = "open sesame";

    @Override
    String options() {
        return "&pglite.maxBackends=" + LIMIT;
    }

    /** How a connect is made. */
    private interface Opener {
        Connection open() throws SQLException;
    }

    @Test
    void inProcess() throws Exception {
        Map<String, Integer> outcomes = connectAtOnce(() -> DriverManager.getConnection(url()));
        assertThat(outcomes.keySet()).isSubsetOf("served", "53300", "53200");
        assertEverythingIsAsBefore(outcomes);
    }

    @Test
    void overTcp() throws Exception {
        Properties info = new Properties();
        info.setProperty("pglite.listenPassword", PASSWORD);
        try (PGliteServer server = PGliteServer.start(url(), info)) {
            String tcp = server.getJdbcUrl("postgres").orElseThrow();
            Map<String, Integer> outcomes =
                    connectAtOnce(() -> DriverManager.getConnection(tcp, "postgres", PASSWORD));
            // A connection that is closed with bytes unread is reset, and the reason may be lost.
            assertThat(outcomes.keySet()).isSubsetOf("served", "53300", "53200", "08001", "08006");
            while (server.getClientCount() > 0) {
                Thread.onSpinWait();
            }
            try (Connection again = DriverManager.getConnection(tcp, "postgres", PASSWORD)) {
                assertThat(again.isValid(60)).isTrue();
            }
            assertEverythingIsAsBefore(outcomes);
        }
    }

    /** Returns how often each outcome came: an SQLState, or that a statement was answered. */
    private static Map<String, Integer> connectAtOnce(Opener opener) throws Exception {
        Map<String, Integer> outcomes = new ConcurrentHashMap<>();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTS; i++) {
                Thread thread =
                        new Thread(
                                null,
                                () -> outcomes.merge(outcome(opener, start), 1, Integer::sum),
                                "parallel-connect-" + i,
                                STACK_BYTES);
                thread.start();
                threads.add(thread);
            }
        } finally {
            start.countDown();
            for (Thread thread : threads) {
                thread.join(JOIN_MILLIS);
            }
        }
        assertThat(threads).as("all have ended").noneMatch(Thread::isAlive);
        assertThat(outcomes.values().stream().mapToInt(count -> count).sum()).isEqualTo(CONNECTS);
        return new TreeMap<>(outcomes);
    }

    private static String outcome(Opener opener, CountDownLatch start) {
        try {
            start.await();
            try (Connection connection = opener.open();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT 1")) {
                return rows.next() && rows.getInt(1) == 1 ? "served" : "wrong answer";
            }
        } catch (SQLException e) {
            return String.valueOf(e.getSQLState());
        } catch (InterruptedException e) {
            return "interrupted";
        }
    }

    private void assertEverythingIsAsBefore(Map<String, Integer> outcomes) throws Exception {
        System.getLogger(ParallelConnectsTest.class.getName())
                .log(System.Logger.Level.INFO, CONNECTS + " connects at once: " + outcomes);
        assertThat(outcomes.getOrDefault("served", 0)).as("%s", outcomes).isPositive();
        Session.awaitRow(
                observer(),
                "select 1 from pg_stat_activity having count(*) filter (where backend_type ="
                        + " 'client backend') = 1");
        List<Session> all = new ArrayList<>();
        try {
            for (int i = 1; i < LIMIT; i++) {
                all.add(Session.open(url()));
            }
        } finally {
            for (Session session : all) {
                session.close();
            }
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Session.DEADLINE_SECONDS);
        Set<Thread> left = backendThreads();
        while (left.size() > LIMIT) {
            assertThat(System.nanoTime()).as("threads stay: %s", left).isLessThan(deadline);
            left = backendThreads();
        }
    }

    private static Set<Thread> backendThreads() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        threads.addAll(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread -> !thread.getName().startsWith("pglite-memory:scenario-"));
        return threads;
    }
}
