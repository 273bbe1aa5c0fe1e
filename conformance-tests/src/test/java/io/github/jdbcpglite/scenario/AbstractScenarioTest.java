package io.github.jdbcpglite.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A cluster for the scenarios of one class, emptied before each, and sessions closed after it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class AbstractScenarioTest {
    private final List<Session> sessions = new ArrayList<>();
    private final String url =
            "jdbc:pglite:memory:scenario-" + UUID.randomUUID() + "?pglite.close=last" + options();
    private Session keeper;

    /** Returns further URL options, each starting with {@code &}. */
    String options() {
        return "";
    }

    String url() {
        return url;
    }

    @BeforeAll
    void openCluster() throws SQLException {
        keeper = Session.open(url);
    }

    @BeforeEach
    void emptyDatabase() throws SQLException {
        keeper.run("drop schema public cascade; create schema public");
    }

    @AfterEach
    void closeSessions() throws SQLException {
        for (Session session : sessions) {
            session.close();
        }
        sessions.clear();
        Session.awaitRow(
                keeper,
                "select 1 from pg_stat_activity having count(*) filter (where pid is not"
                        + " null and backend_type = 'client backend') = 1");
    }

    @AfterAll
    void closeCluster() throws SQLException {
        keeper.close();
    }

    Session session() throws SQLException {
        Session session = Session.open(url);
        sessions.add(session);
        return session;
    }

    /** Returns a session that only looks on. */
    Session observer() {
        return keeper;
    }

    static void assertState(String sqlState, ThrowingCallable call) {
        Throwable thrown = Assertions.catchThrowable(call);
        assertThat(thrown).isInstanceOf(SQLException.class);
        assertThat(((SQLException) thrown).getSQLState())
                .as(thrown.getMessage())
                .isEqualTo(sqlState);
    }

    /**
     * Returns the names of the threads of backends and of those forked ahead of need. Backends are
     * called after their pid; maintenance after what it does, and it may come at any moment and
     * stay.
     */
    static List<String> backendThreadNames() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.matches("pglite-memory:scenario-.*-([0-9]+|spare)"))
                .toList();
    }
}
