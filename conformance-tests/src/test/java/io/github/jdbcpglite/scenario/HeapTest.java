package io.github.jdbcpglite.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.jdbc.PGlite;
import io.github.jdbcpglite.sql.Rows;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How much of the heap one more connection and one more cloned database keep. The ceilings are
 * twice what {@code docs/PERFORMANCE.md} has measured.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class HeapTest {
    private static final String SOURCE = "jdbc:pglite:memory:heap-test?pglite.close=60";
    private static final String CLONE = "jdbc:pglite:temp:?pglite.template=heap-test";
    private static final int COUNT = 10;

    /** Less would mean that nothing was measured. */
    private static final long FLOOR_BYTES = 256 << 10;

    private static final long CONNECTION_BYTES_MAX = 4L << 20;
    private static final long CLONE_BYTES_MAX = 6L << 20;

    @BeforeEach
    void saveTemplate() throws SQLException {
        try (Connection connection = DriverManager.getConnection(SOURCE);
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < 50; i++) {
                statement.execute(
                        "CREATE TABLE IF NOT EXISTS t"
                                + i
                                + " (id int PRIMARY KEY, v text UNIQUE)");
            }
        }
        PGlite.saveTemplate("heap-test", SOURCE);
    }

    @AfterEach
    void dropTemplate() {
        PGlite.dropTemplate("heap-test");
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        // One collection finds what the one before has made unreachable.
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Returns the growth for each connection while all are open and have run a statement. */
    private static long bytesOfEach(String url) throws SQLException {
        List<Connection> opened = new ArrayList<>();
        try {
            opened.add(DriverManager.getConnection(url));
            assertThat(Rows.one(opened.get(0), "SELECT 1", ",")).isEqualTo("1");
            long before = used();
            for (int i = 0; i < COUNT; i++) {
                Connection connection = DriverManager.getConnection(url);
                opened.add(connection);
                assertThat(Rows.one(connection, "SELECT 1", ",")).isEqualTo("1");
            }
            return (used() - before) / COUNT;
        } finally {
            for (Connection each : opened) {
                each.close();
            }
        }
    }

    @Test
    void oneMoreConnection() throws SQLException {
        assertThat(bytesOfEach(SOURCE)).isBetween(FLOOR_BYTES, CONNECTION_BYTES_MAX);
    }

    @Test
    void oneMoreClone() throws SQLException {
        assertThat(bytesOfEach(CLONE)).isBetween(FLOOR_BYTES, CLONE_BYTES_MAX);
    }
}
