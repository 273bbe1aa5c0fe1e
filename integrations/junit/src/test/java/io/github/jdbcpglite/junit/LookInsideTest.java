package io.github.jdbcpglite.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.jdbc.PGliteServer;
import io.github.jdbcpglite.testing.PGliteTestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A port in front of the database of a test, for other programs. */
@PGliteTest(scripts = "items.sql")
class LookInsideTest {
    @Test
    void servesItsDatabase(PGliteTestDatabase database, DataSource dataSource)
            throws SQLException {
        Rows.execute(dataSource, "INSERT INTO item VALUES (9, 'nine')");
        try (PGliteServer server = PGliteServer.start(database.getUrl())) {
            String url = server.getJdbcUrl("postgres").orElseThrow();
            try (Connection outside =
                            DriverManager.getConnection(
                                    url, server.getUser(), server.getPassword());
                    Statement statement = outside.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT count(*) FROM item")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(Rows.count(dataSource, "item"));
            }
        }
    }
}
