package io.github.jdbcpglite.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jdbcpglite.jdbc.PGlite;
import io.github.jdbcpglite.sql.Rows;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clusters that are copies of another. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class TemplateTest {
    private static final String SOURCE = "jdbc:pglite:memory:template-source?pglite.close=last";
    private static final String COPY = "jdbc:pglite:temp:?pglite.template=";

    /** Keeps the source open, and is closed when no backend of it may run. */
    private Connection source;

    @BeforeEach
    void fillSource() throws SQLException {
        source = DriverManager.getConnection(SOURCE);
        execute(
                source,
                "CREATE ROLE reader",
                "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v text)",
                "CREATE FUNCTION twice(a int) RETURNS int LANGUAGE plpgsql AS"
                        + " $$ BEGIN RETURN 2 * a; END $$",
                "INSERT INTO t (v) SELECT 'v' || i FROM generate_series(1, 1000) i");
    }

    @AfterEach
    void close() throws SQLException {
        source.close();
        PGlite.dropTemplate("tpl");
    }

    private static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String value(Connection connection, String sql) throws SQLException {
        return Rows.one(connection, sql, ",");
    }

    /** A source that stays open for a while without connections, for its memory to be copied. */
    private void saveIdle() throws SQLException {
        try (Connection other =
                DriverManager.getConnection("jdbc:pglite:memory:template-idle?pglite.close=60")) {
            execute(
                    other,
                    "CREATE TABLE IF NOT EXISTS t (id int PRIMARY KEY, v text)",
                    "TRUNCATE t",
                    "INSERT INTO t SELECT i, 'v' || i FROM generate_series(1, 1000) i");
        }
        PGlite.saveTemplate("tpl", "jdbc:pglite:memory:template-idle?pglite.close=60");
    }

    /** Its backend still sleeps, and has what ends it unread; a copy waits for that. */
    @Test
    void aClusterIsIdleWhenItsConnectionsAreClosed() throws Exception {
        saveIdle();
        String idle = "jdbc:pglite:memory:template-idle?pglite.close=60";
        String lastCheckpoint = "SELECT checkpoint_lsn FROM pg_control_checkpoint()";
        Connection sleeping = DriverManager.getConnection(idle);
        ExecutorService executor =
                Executors.newSingleThreadExecutor(task -> new Thread(task, "sleeping"));
        String checkpoint;
        Future<?> sleep;
        try (Connection observer = DriverManager.getConnection(idle)) {
            checkpoint = value(observer, lastCheckpoint);
            sleep = executor.submit(() -> value(sleeping, "SELECT pg_sleep(1)"));
            String asleep = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'";
            while (!value(observer, asleep).equals("1")) {
                assertThat(sleep.isDone()).as("slept already").isFalse();
            }
        }
        sleeping.close();
        PGlite.saveTemplate("tpl", idle);
        assertThatThrownBy(sleep::get).hasCauseInstanceOf(SQLException.class);
        executor.shutdown();
        try (Connection copy = DriverManager.getConnection(COPY + "tpl")) {
            assertThat(value(copy, lastCheckpoint)).as("no recovery").isEqualTo(checkpoint);
        }
    }

    @Test
    void copiesOfAnIdleClusterAreIndependent() throws SQLException {
        saveIdle();
        try (Connection first = DriverManager.getConnection(COPY + "tpl");
                Connection second = DriverManager.getConnection(COPY + "tpl");
                Connection original =
                        DriverManager.getConnection(
                                "jdbc:pglite:memory:template-idle?pglite.close=60")) {
            execute(first, "UPDATE t SET v = 'first'", "CREATE TABLE u ()");
            execute(second, "DELETE FROM t WHERE id > 10");
            execute(original, "INSERT INTO t VALUES (1001, 'late')");
            assertThat(value(first, "SELECT count(*) FROM t WHERE v = 'first'")).isEqualTo("1000");
            assertThat(value(second, "SELECT count(*) FROM t WHERE v = 'v' || id")).isEqualTo("10");
            assertThat(value(original, "SELECT count(*) FROM t")).isEqualTo("1001");
            assertThat(value(second, "SELECT to_regclass('u') IS NULL")).isEqualTo("t");
        }
    }

    @Test
    void aClusterInUseIsCopiedAsItWasCommitted() throws SQLException {
        source.setAutoCommit(false);
        execute(source, "INSERT INTO t (v) VALUES ('not committed')");
        PGlite.saveTemplate("tpl", SOURCE);
        source.commit();
        try (Connection copy = DriverManager.getConnection(COPY + "tpl")) {
            assertThat(value(copy, "SELECT count(*) FROM t")).isEqualTo("1000");
            assertThat(value(copy, "SELECT twice(21)")).isEqualTo("42");
            assertThat(value(copy, "SELECT count(*) FROM pg_roles WHERE rolname = 'reader'"))
                    .isEqualTo("1");
        }
    }

    @Test
    void everyClusterHasAnIdentityOfItsOwn() throws SQLException {
        saveIdle();
        Set<String> identifiers = new HashSet<>();
        Set<String> randoms = new HashSet<>();
        for (String url : new String[] {COPY + "tpl", COPY + "tpl", "jdbc:pglite:temp:"}) {
            try (Connection connection = DriverManager.getConnection(url)) {
                String sql = "SELECT system_identifier FROM pg_control_system()";
                identifiers.add(value(connection, sql));
                randoms.add(value(connection, "SELECT gen_random_uuid() || ' ' || random()"));
                execute(connection, "CHECKPOINT");
                assertThat(identifiers).contains(value(connection, sql));
                assertThat(
                                value(
                                        connection,
                                        "SELECT now() - pg_postmaster_start_time() BETWEEN"
                                                + " '0' AND interval '1 minute'"))
                        .isEqualTo("t");
            }
        }
        assertThat(identifiers).hasSize(3);
        assertThat(randoms).hasSize(3);
    }

    @Test
    void copiesOfAClusterInUseHaveIdentitiesOfTheirOwn() throws SQLException {
        String sql = "SELECT system_identifier FROM pg_control_system()";
        PGlite.saveTemplate("tpl", SOURCE);
        Set<String> identifiers = new HashSet<>();
        identifiers.add(value(source, sql));
        for (int i = 0; i < 2; i++) {
            try (Connection copy = DriverManager.getConnection(COPY + "tpl")) {
                identifiers.add(value(copy, sql));
                execute(copy, "INSERT INTO t (v) VALUES ('new')", "CHECKPOINT");
                assertThat(identifiers).contains(value(copy, sql));
            }
        }
        assertThat(identifiers).hasSize(3);
    }

    @Test
    void aCopyOfAClusterInUseRepeatsTheDropOfADatabase() throws SQLException {
        execute(source, "CREATE DATABASE gone", "DROP DATABASE gone");
        PGlite.saveTemplate("tpl", SOURCE);
        try (Connection copy = DriverManager.getConnection(COPY + "tpl")) {
            assertThat(value(copy, "SELECT count(*) FROM pg_database WHERE datname = 'gone'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void aTemplateOutlivesItsClusterUntilItIsDropped() throws SQLException {
        PGlite.saveTemplate("tpl", SOURCE);
        source.close();
        try (Connection copy = DriverManager.getConnection(COPY + "tpl")) {
            assertThat(value(copy, "SELECT max(id) FROM t")).isEqualTo("1000");
        }
        assertThat(PGlite.dropTemplate("tpl")).isTrue();
        assertThat(PGlite.dropTemplate("tpl")).isFalse();
        assertThatThrownBy(() -> DriverManager.getConnection(COPY + "tpl"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("pglite.template")
                .hasMessageContaining("tpl");
    }

    @Test
    void aCopyRecoversFromACrashOfItsOwn(@TempDir Path temp) throws SQLException {
        saveIdle();
        Path backup = temp.resolve("copy.tar");
        try (Connection copy =
                DriverManager.getConnection(
                        "jdbc:pglite:memory:template-copy?pglite.close=last&pglite.template=tpl")) {
            execute(copy, "INSERT INTO t SELECT i, 'w' FROM generate_series(2001, 3000) i");
            PGlite.backup("jdbc:pglite:memory:template-copy", backup);
        }
        try (Connection recovered =
                DriverManager.getConnection("jdbc:pglite:temp:?pglite.load=" + backup)) {
            assertThat(value(recovered, "SELECT count(*) FROM t")).isEqualTo("2000");
        }
    }
}
