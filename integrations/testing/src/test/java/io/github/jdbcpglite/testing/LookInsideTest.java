package io.github.jdbcpglite.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.jdbc.PGliteServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A port in front of the database of a test, for other programs. */
class LookInsideTest {
    private static void execute(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void servesTheDatabaseOfTest() throws SQLException {
        PGliteTemplate template =
                PGliteTemplate.filledBy(source -> execute(source, "CREATE TABLE item (id int)"));
        try (PGliteTestDatabase database = template.create()) {
            execute(database.getDataSource(), "INSERT INTO item VALUES (9)");
            try (PGliteServer server = PGliteServer.start(database.getUrl())) {
                String url = server.getJdbcUrl("postgres").orElseThrow();
                try (Connection outside =
                                DriverManager.getConnection(
                                        url, server.getUser(), server.getPassword());
                        Statement statement = outside.createStatement();
                        ResultSet rows = statement.executeQuery("SELECT id FROM item")) {
                    rows.next();
                    assertThat(rows.getInt(1)).isEqualTo(9);
                }
            }
        }
    }

    @Test
    void servesWhatADataSourceConnectsTo() throws SQLException {
        PGliteTemplate template =
                PGliteTemplate.filledBy(source -> execute(source, "CREATE TABLE item (id int)"));
        try (PGliteTestDatabase database = template.create()) {
            DataSource dataSource = database.getDataSource();
            PGliteServer server;
            try (Connection connection = dataSource.getConnection()) {
                server = PGliteServer.start(connection.getMetaData().getURL());
            }
            try (server) {
                assertThat(server.getPort()).isPositive();
                assertThat(server.getPassword()).isNotEmpty();
            }
        }
    }
}
