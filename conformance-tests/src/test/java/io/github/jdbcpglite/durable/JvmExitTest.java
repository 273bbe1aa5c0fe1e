package io.github.jdbcpglite.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.durable.ExitingApplication.Habit;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a JVM ends, the application does first, and then its database. */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JvmExitTest {
    /** Far beyond the deadline of these tests: who waits for it has failed. */
    private static final String WAITS_TOO_LONG = "?pglite.exitWait=3600";

    @TempDir Path temp;

    @ParameterizedTest
    @CsvSource({
        "SAVES_WITH_AN_OPEN_CONNECTION, ''",
        "SAVES_WITH_AN_OPEN_CONNECTION, ?pglite.close=jvm",
        "SAVES_WITH_AN_OPEN_CONNECTION, ?pglite.close=5",
        "SAVES_WITH_A_NEW_CONNECTION, ''",
        "OPENS_THE_CLUSTER_AGAIN, ''",
        "OPENS_THE_CLUSTER_AGAIN, ?pglite.close=jvm"
    })
    void aHookCanSave(Habit habit, String properties) throws Exception {
        assertThat(outputUntilTermination(habit, properties))
                .containsExactly("ready", "cleaning up", "saved");
        assertThat(Db.state(temp.resolve("db"))).isEqualTo(Db.SHUT_DOWN);
        assertThat(saved()).containsExactly("1", "2");
    }

    @Test
    void aTransactionUnderWayIsFinished() throws Exception {
        assertThat(outputUntilTermination(Habit.FINISHES_A_TRANSACTION, ""))
                .containsExactly("ready", "saved");
        assertThat(Db.state(temp.resolve("db"))).isEqualTo(Db.SHUT_DOWN);
        assertThat(saved()).containsExactly("1", "2");
    }

    @ParameterizedTest
    @EnumSource(names = {"LEAVES_IDLE_CONNECTIONS", "LEAVES_A_TRANSACTION"})
    void nobodyWaitsForConnectionsThatAreNotUsed(Habit habit) throws Exception {
        assertThat(outputUntilTermination(habit, WAITS_TOO_LONG)).containsExactly("ready");
        assertThat(Db.state(temp.resolve("db"))).isEqualTo(Db.SHUT_DOWN);
        assertThat(saved()).containsExactly("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application", "0"})
    void closingCanBeLeftToTheApplicationOrNotWait(String wait) throws Exception {
        Habit habit = Habit.LEAVES_IDLE_CONNECTIONS;
        assertThat(outputUntilTermination(habit, "?pglite.exitWait=" + wait))
                .containsExactly("ready");
        boolean closed = Db.state(temp.resolve("db")) == Db.SHUT_DOWN;
        assertThat(closed).isEqualTo(wait.equals("0"));
        assertThat(saved()).containsExactly("1");
    }

    @Test
    void aJvmKilledWhileItWaitsLosesNothing() throws Exception {
        try (ChildJvm child = start(Habit.SAVES_WITH_AN_OPEN_CONNECTION, "")) {
            assertThat(child.line()).isEqualTo("ready");
            child.terminate();
            assertThat(child.line()).isEqualTo("cleaning up");
            child.kill();
            child.awaitExit();
        }
        assertThat(Db.state(temp.resolve("db"))).isNotEqualTo(Db.SHUT_DOWN);
        assertThat(saved()).containsExactly("1");
    }

    /** Returns all lines of a JVM that is told to end when it is ready; warnings are lines too. */
    private List<String> outputUntilTermination(Habit habit, String properties) throws Exception {
        List<String> lines = new ArrayList<>();
        try (ChildJvm child = start(habit, properties)) {
            String line = child.line();
            if ("ready".equals(line)) {
                child.terminate();
            }
            while (line != null) {
                lines.add(line);
                line = child.line();
            }
            child.awaitExit();
        }
        return lines;
    }

    private ChildJvm start(Habit habit, String properties) throws IOException {
        String url = Db.url(temp.resolve("db")) + properties;
        return ChildJvm.startMerged(ExitingApplication.class, url, habit.name());
    }

    private List<String> saved() throws Exception {
        try (Connection connection = Db.open(temp.resolve("db"))) {
            return Db.rows(connection, "select i from saved order by i");
        }
    }
}
