package io.github.jdbcpglite.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.jdbcpglite.sql.Rows;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a server's own processes count is counted here too, by whichever process does their work: a
 * server's statistics after the same work are the same, but for what docs/LIMITS.md says.
 */
@ExtendWith(ConformanceExtension.class)
final class SharedStatisticsTest {
    private static final long DEADLINE_SECONDS = 30;
    private static final String TABLE = "statistics_of_processes";
    private static final String CHECKPOINTS = "SELECT num_requested FROM pg_stat_checkpointer";

    private static final List<String> WORK =
            List.of(
                    "DROP TABLE IF EXISTS " + TABLE,
                    "SELECT pg_stat_reset_shared()",
                    "CREATE TABLE " + TABLE + " (i int PRIMARY KEY, t text)",
                    "INSERT INTO " + TABLE + " SELECT g, 'x' FROM generate_series(1, 3000) g",
                    "CHECKPOINT",
                    "UPDATE " + TABLE + " SET t = 'y'",
                    "CHECKPOINT",
                    "CREATE DATABASE " + TABLE + " STRATEGY file_copy",
                    "DROP DATABASE " + TABLE,
                    "CHECKPOINT",
                    "LISTEN x; NOTIFY x; UNLISTEN x",
                    "DROP TABLE " + TABLE,
                    "SELECT pg_stat_force_next_flush()");

    private static final List<String> SAME =
            List.of(
                    CHECKPOINTS,
                    "SELECT num_done >= num_requested, buffers_written > 0, slru_written > 0,"
                            + " restartpoints_req FROM pg_stat_checkpointer",
                    "SELECT wal_records > 0, wal_bytes > 0 FROM pg_stat_wal",
                    "SELECT archived_count, failed_count FROM pg_stat_archiver",
                    "SELECT sum(extends) > 0, sum(hits) > 0 FROM pg_stat_io"
                            + " WHERE backend_type = 'client backend' AND object = 'relation'",
                    "SELECT object, sum(writes) > 0 FROM pg_stat_io"
                            + " WHERE object <> 'temp relation' GROUP BY 1 ORDER BY 1");

    /** True in a server only; the reasons are in docs/LIMITS.md. */
    private static final List<String> OF_A_SERVER =
            List.of(
                    "SELECT buffers_alloc > 0 FROM pg_stat_bgwriter",
                    "SELECT sum(writes) > 0 FROM pg_stat_io"
                            + " WHERE backend_type = 'checkpointer' AND object = 'relation'",
                    "SELECT sum(flushes) = 0 FROM pg_stat_slru");

    @Test
    void whatProcessesOfAServerCountIsCounted(Conformance conformance) throws Exception {
        assumeThat(conformance.isSelfCheck()).isFalse();
        String server = conformance.expected().urlTemplate().replace("{database}", "postgres");
        try (Connection expected = DriverManager.getConnection(server);
                Connection actual = DriverManager.getConnection("jdbc:pglite:temp:")) {
            assertThat(Rows.one(actual, CHECKPOINTS, " ")).as("of a new cluster").isEqualTo("0");
            for (String sql : WORK) {
                Rows.of(expected, sql, " ");
                Rows.of(actual, sql, " ");
            }
            for (String sql : SAME) {
                awaitSame(sql, expected, actual);
            }
            for (String sql : OF_A_SERVER) {
                await(expected, sql, List.of("t"));
                assertThat(Rows.of(actual, sql, " ")).as(sql).isNotEqualTo(List.of("t"));
            }
        }
    }

    /** Processes of a server report what they counted a moment later. */
    private static void awaitSame(String sql, Connection expected, Connection actual)
            throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        List<String> given = Rows.of(actual, sql, " ");
        List<String> right = Rows.of(expected, sql, " ");
        while (!right.equals(given) && System.nanoTime() - deadline < 0) {
            right = Rows.of(expected, sql, " ");
        }
        assertThat(given).as(sql).isEqualTo(right);
    }

    private static void await(Connection connection, String sql, List<String> rows)
            throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!Rows.of(connection, sql, " ").equals(rows)) {
            assertThat(System.nanoTime() - deadline).as("in a server: %s", sql).isNegative();
        }
    }
}
