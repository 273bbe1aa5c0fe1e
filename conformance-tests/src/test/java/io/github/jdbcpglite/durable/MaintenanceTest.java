package io.github.jdbcpglite.durable;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What PostgreSQL's own processes do for a cluster without being asked. */
@Timeout(value = 600, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MaintenanceTest {
    private static final int ROWS = 1_000_000;
    private static final int ROWS_AT_ONCE = 50_000;
    private static final String WAL_MEGABYTES =
            "select ceil(sum(size) / 1048576.0)::int from pg_ls_waldir()";
    private static final String LAUNCHERS =
            "select count(*) from pg_stat_activity where backend_type = 'autovacuum launcher'";

    @TempDir Path temp;

    private static Connection inMemory(String options) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:pglite:memory:maintenance-"
                        + UUID.randomUUID()
                        + "?pglite.close=last"
                        + options);
    }

    @Test
    void walStaysBoundedWhileAMillionRowsAreWrittenInMemory() throws Exception {
        try (Connection connection = inMemory("&pglite.postgres.max_wal_size=16MB")) {
            writeAMillionRows(connection);
        }
    }

    @Test
    void walStaysBoundedWhileAMillionRowsAreWrittenInADirectory() throws Exception {
        String url = Db.url(temp.resolve("db")) + "?pglite.postgres.max_wal_size=16MB";
        try (Connection connection = DriverManager.getConnection(url)) {
            writeAMillionRows(connection);
        }
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(Db.value(connection, "select count(*) from t"))
                    .isEqualTo(Integer.toString(ROWS));
        }
    }

    private static void writeAMillionRows(Connection connection) throws SQLException {
        Db.run(connection, "create table t(i int, x text)");
        int most = 0;
        for (int from = 0; from < ROWS; from += ROWS_AT_ONCE) {
            Db.run(
                    connection,
                    "insert into t select i, 'text ' || i from generate_series("
                            + (from + 1)
                            + ", "
                            + (from + ROWS_AT_ONCE)
                            + ") i");
            most = Math.max(most, Integer.parseInt(Db.value(connection, WAL_MEGABYTES)));
        }
        // As in a server, the limit is soft by what is written until a checkpoint is done.
        assertThat(most).as("megabytes of WAL").isLessThan(3 * 16);
        String written =
                Db.value(
                        connection,
                        "select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint / 1048576");
        assertThat(Integer.parseInt(written)).as("WAL written in all").isGreaterThan(60);
        assertThat(
                        Integer.parseInt(
                                Db.value(
                                        connection,
                                        "select num_requested from pg_stat_checkpointer")))
                .isPositive();
    }

    @Test
    void tablesAreAnalyzedAndVacuumedByPostgresqlsThresholds() throws Exception {
        try (Connection connection = inMemory("&pglite.postgres.autovacuum_naptime=1s")) {
            Db.run(
                    connection,
                    "create table t(i int primary key, x text)",
                    "create table left_alone(i int) with (autovacuum_enabled = off)",
                    "create table below(i int)",
                    "insert into t select i, repeat('x', 100) from generate_series(1, 5000) i",
                    "insert into left_alone select generate_series(1, 5000)",
                    "insert into below select generate_series(1, 10)");
            String analyzed =
                    "select autoanalyze_count > 0 from pg_stat_user_tables where relname = 't'";
            Db.await(connection, analyzed, "t");
            assertThat(Db.value(connection, "select reltuples from pg_class where relname = 't'"))
                    .isEqualTo("5000");

            Db.run(connection, "delete from t where i % 2 = 0", "delete from left_alone");
            Db.await(
                    connection,
                    "select autovacuum_count > 0 and n_dead_tup = 0 from pg_stat_user_tables"
                            + " where relname = 't'",
                    "t");
            assertThat(
                            Db.rows(
                                    connection,
                                    "select relname from pg_stat_user_tables where"
                                            + " autovacuum_count + autoanalyze_count > 0"))
                    .containsExactly("t");
            assertThat(
                            Db.value(
                                    connection,
                                    "select n_dead_tup from pg_stat_user_tables"
                                            + " where relname = 'left_alone'"))
                    .isEqualTo("5000");

            // Nothing is written any more, so nobody is left to look.
            Db.await(connection, LAUNCHERS, "0");
            Db.run(connection, "create table more as select generate_series(1, 5000) i");
            Db.await(
                    connection,
                    "select autoanalyze_count > 0 from pg_stat_user_tables where relname = 'more'",
                    "t");
        }
    }

    @Test
    void otherDatabasesAreLookedAfterAndCanBeDropped() throws Exception {
        String name = "memory:maintenance-" + UUID.randomUUID();
        String options = "?pglite.close=last&pglite.postgres.autovacuum_naptime=1s";
        try (Connection connection = DriverManager.getConnection("jdbc:pglite:" + name + options)) {
            Db.run(connection, "create database other");
            try (Connection other =
                    DriverManager.getConnection("jdbc:pglite:" + name + "/other" + options)) {
                Db.run(other, "create table t as select generate_series(1, 5000) i");
                Db.await(other, "select autoanalyze_count > 0 from pg_stat_user_tables", "t");
                Db.run(other, "update t set i = i");
            }
            Db.run(connection, "drop database other");
            assertThat(Db.value(connection, "select count(*) from pg_database")).isEqualTo("3");
        }
    }

    @Test
    void nothingRunsThatIsTurnedOffOrNotNeeded() throws Exception {
        try (Connection connection =
                inMemory("&pglite.postgres.autovacuum=off&pglite.postgres.autovacuum_naptime=1s")) {
            Db.run(connection, "create table t as select generate_series(1, 5000) i");
            Db.run(connection, "update t set i = i", "select pg_sleep(3)");
            assertThat(Db.value(connection, "select count(*) from pg_stat_activity"))
                    .isEqualTo("1");
            assertThat(Db.value(connection, "select autoanalyze_count from pg_stat_user_tables"))
                    .isEqualTo("0");
        }
    }

    @Test
    void configurationIsReadAgainByAllWhoRunAndWhoStartLater() throws Exception {
        String url = "jdbc:pglite:memory:maintenance-" + UUID.randomUUID() + "?pglite.close=last";
        try (Connection one = DriverManager.getConnection(url);
                Connection other = DriverManager.getConnection(url)) {
            Db.run(one, "alter system set work_mem = '7MB'", "select pg_reload_conf()");
            Db.await(one, "show work_mem", "7MB");
            Db.await(other, "show work_mem", "7MB");
            try (Connection later = DriverManager.getConnection(url)) {
                assertThat(Db.value(later, "show work_mem")).isEqualTo("7MB");
            }
        }
    }
}
