package io.github.jdbcpglite.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** The first thing that a reader of the README writes. */
class ReadmeTest {
    @Test
    void aUrlIsAPostgresql18() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:pglite:")) {
            assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(18);
        }
    }
}
